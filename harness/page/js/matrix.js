// The matrices: one section a scenario, whose table is made when it comes near the window.

const matrices = {views: [], observer: null};

function cell_button(cell, row, column) {
  const hidden = is_hidden(cell);
  const guessed = prediction.guesses.get(cell.index);
  const button = el('button', {
    type: 'button',
    tabindex: -1,
    'data-row': row,
    'data-column': column,
    'data-cell': cell.index,
    'aria-label': cell_label(cell, hidden, guessed),
    onclick: () => (hidden ? change_guess(cell) : open_cell(cell)),
  });
  const what = hidden
    ? [guessed === undefined ? '?' : choice_text(guessed)]
    : [verdict_mark(cell.verdict), ` ${outcome_text(cell)}`];
  button.append(el('span', {class: 'what'}, ...what), ...(hidden ? [] : notes_of(cell, guessed)));
  return button;
}

function cell_label(cell, hidden, guessed) {
  if (hidden)
    return say('predict.label', guessed === undefined ? say('predict.nothing') : choice_text(guessed), cell.name);
  const answer = is_right(cell);
  const judged = answer === null ? '' : `, ${say(answer ? 'predict.right' : 'predict.wrong')}`;
  return `${outcome_text(cell)}, ${say(`verdict.${cell.verdict}`)}, ${cell.name}${judged}`;
}

/// The small print of a cell: what was measured, and how the guess compares.
function notes_of(cell, guessed) {
  const notes = [];
  if (cell.measured) notes.push(el('span', {class: 'note'}, cell.measured.replace(/ \(.*/, '')));
  const answer = is_right(cell);
  if (answer !== null) {
    const word = answer ? say('predict.right') : say('predict.wrong_was', choice_text(guessed));
    notes.push(el('span', {class: `guess ${answer ? 'right' : 'wrong'}`}, `${answer ? '●' : '○'} ${word}`));
  }
  return notes;
}

function cell_class(cell) {
  if (is_hidden(cell)) return `cell hidden ${prediction.guesses.has(cell.index) ? 'guessed' : ''}`;
  return `cell ${cell.verdict === 'pass' ? kind_of(cell.outcome) : cell.verdict}`;
}

function data_cell(index, row, column) {
  if (index === null)
    return el('td', {class: 'cell empty'}, el('span', {'aria-hidden': 'true'}, '·'), unseen(say('cell.not_run')));
  const cell = data.cells[index];
  const peek =
    is_hidden(cell) &&
    el(
      'button',
      {
        type: 'button',
        class: 'peek',
        'aria-label': say('predict.open', cell.name),
        onclick: () => open_cell(cell),
      },
      '⋯',
    );
  return el('td', {class: cell_class(cell)}, cell_button(cell, row, column), peek || null);
}

function header_row(scenario) {
  const names = scenario.row_names ?? [];
  const corner = names.length ? names.map((name) => el('th', {scope: 'col', class: 'axis'}, name)) : [el('td', {})];
  const columns = scenario.columns.map((value) => el('th', {scope: 'col'}, value === '' ? say('cell.only') : value));
  const across =
    scenario.column_name &&
    el(
      'tr',
      {class: 'across'},
      el('td', {colspan: Math.max(1, names.length)}),
      el('th', {scope: 'colgroup', colspan: columns.length}, scenario.column_name),
    );
  return el('thead', {}, across || null, el('tr', {}, ...corner, ...columns));
}

function body_row(scenario, values, row) {
  const headers = values.length ? values.map((value) => el('th', {scope: 'row'}, value)) : [el('td', {})];
  return el('tr', {}, ...headers, ...scenario.cells[row].map((index, column) => data_cell(index, row, column)));
}

function matrix_table(scenario) {
  const table = el(
    'table',
    {class: 'matrix', 'data-rows': scenario.rows.length, 'data-columns': scenario.columns.length, onkeydown: walk_grid},
    el('caption', {class: 'unseen'}, in_language(scenario.title)),
    header_row(scenario),
    el('tbody', {}, ...scenario.rows.map((values, row) => body_row(scenario, values, row))),
  );
  const first = table.querySelector('button[data-row]');
  if (first) make_stop(table, first);
  return table;
}

function reveal_bar(view) {
  if (!prediction.on) return null;
  const revealed = prediction.revealed.has(view.scenario.index);
  const score = score_of(cells_of(view.scenario));
  if (revealed) return score.of ? el('p', {class: 'reveal'}, say('predict.score', score.right, score.of)) : null;
  return el(
    'p',
    {class: 'reveal'},
    el('span', {class: 'choices'}, choices_of(view.scenario).map(choice_text).join(' · ')),
    el(
      'button',
      {type: 'button', class: 'plain', onclick: () => reveal_scenario(view.scenario)},
      say('predict.reveal'),
    ),
  );
}

/// Makes the table of a scenario, or makes it anew.
function build(view) {
  view.built = true;
  view.place.replaceChildren(
    el('div', {class: 'scroll'}, matrix_table(view.scenario)),
    ...[reveal_bar(view)].filter(Boolean),
  );
  mark_matches(view);
}

/// Cells that the filter does not mean lose their colour, not their text.
function mark_matches(view) {
  if (!view.built) return;
  const all = view.matching.length === cells_of(view.scenario).length;
  const wanted = new Set(view.matching.map((cell) => String(cell.index)));
  view.place
    .querySelectorAll('button[data-cell]')
    .forEach((button) => button.parentNode.classList.toggle('other', !all && !wanted.has(button.dataset.cell)));
}

function rebuild(scenario) {
  const view = matrices.views[scenario.index];
  const focused = document.activeElement?.dataset?.cell;
  view.section.querySelector('.teaches').hidden = is_secret(scenario);
  if (view.built) build(view);
  if (focused) focus_cell(data.cells[Number(focused)]);
}

function change_guess(cell) {
  guess_next(cell);
  rebuild(data.scenarios[cell.scenario]);
}

function reveal_scenario(scenario) {
  reveal([scenario]);
  apply_filter();
  rebuild(scenario);
  show_score();
  matrices.views[scenario.index].section.querySelector('h3 a').focus();
}

function focus_cell(cell) {
  const view = matrices.views[cell.scenario];
  if (!view.built) build(view);
  const button = view.place.querySelector(`button[data-cell="${cell.index}"]`);
  if (button) focus_in_grid(button.closest('table'), button);
}
