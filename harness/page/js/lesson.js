// "What is TIME_WAIT for": a few sentences and the state diagram with the way of a run.

const kExamples = ['server-closes-first/first=plain,rebind=plain', 'client-closes-first/first=plain,rebind=plain'];
let lesson_cell = null;

/// The cell whose way is shown: the last one opened, else a good example, else any that has been in TIME_WAIT.
function example_cell() {
  const waits = (cell) => (cell.ends ?? []).some((end) => end.moments.some((moment) => moment[1] === 'TIME_WAIT'));
  return (
    lesson_cell ??
    kExamples.map((name) => cells_by_name.get(name)).find((cell) => cell && connections_of(cell).length) ??
    data.cells.find(waits) ??
    null
  );
}

function walk_of_example() {
  const cell = example_cell();
  if (!cell || is_hidden(cell)) return [walk(null, 'lesson-walk')];
  return [
    el(
      'p',
      {},
      say('lesson.example'),
      ' ',
      el('a', {href: link_to(name_of(cell))}, in_language(data.scenarios[cell.scenario].title)),
      ' ',
      el('code', {}, cell.name),
    ),
    walk(cell, 'lesson-walk'),
  ];
}

function lesson_view() {
  const questions = ['late', 'last_ack', 'who', 'how_long', 'bind'];
  return el(
    'section',
    {id: 'view-time-wait', class: 'view', 'aria-labelledby': 'lesson-title', hidden: true},
    el('h2', {id: 'lesson-title'}, say('lesson.heading')),
    el(
      'div',
      {class: 'lesson'},
      ...questions.map((id) =>
        el('section', {}, el('h3', {}, say(`lesson.${id}`)), el('p', {}, say(`lesson.${id}_says`))),
      ),
    ),
    el('section', {id: 'lesson-diagram', 'aria-labelledby': 'lesson-diagram-title'}),
  );
}

/// Drawn when the view is shown, so that it shows the cell that was opened last.
function draw_lesson() {
  document
    .getElementById('lesson-diagram')
    ?.replaceChildren(el('h2', {id: 'lesson-diagram-title'}, say('diagram.heading')), ...walk_of_example());
}
