// An opened cell, part by part.

function part(id, title, ...content) {
  return el(
    'section',
    {class: `part part-${id}`, 'aria-labelledby': `part-${id}`},
    el('h3', {id: `part-${id}`}, title),
    ...content,
  );
}

/// Why it is no pass, what was measured, what the model and the scenario say otherwise.
function outcome_facts(cell) {
  const fact = (id, value) => (value ? [el('dt', {}, say(id)), el('dd', {}, value)] : []);
  const facts = [
    ...fact('cell.reason', cell.reason),
    ...fact('cell.measured', cell.measured),
    ...fact('cell.expected', cell.expected),
    ...fact('cell.promised', cell.promised),
    ...fact('cell.predicted', cell.predicted === null ? say('cell.no_prediction') : cell.predicted),
    ...fact('cell.runs', cell.runs && String(cell.runs)),
    ...(cell.ladder?.holders ?? []).flatMap((holder) => fact('cell.held_by', text(holder).replace(/^held by /, ''))),
  ];
  return facts.length ? el('dl', {class: 'facts'}, ...facts) : null;
}

function outcome_part(cell) {
  const answer = is_right(cell);
  const guessed = prediction.guesses.get(cell.index);
  return part(
    'outcome',
    say('cell.outcome'),
    el(
      'p',
      {class: 'verdict-line'},
      el('span', {class: `outcome big ${kind_of(cell.outcome)}`}, cell.outcome || '–'),
      ' ',
      verdict_badge(cell.verdict),
      answer === null
        ? null
        : el(
            'span',
            {class: `guess ${answer ? 'right' : 'wrong'}`},
            answer ? `● ${say('predict.right')}` : `○ ${say('predict.wrong_was', choice_text(guessed))}`,
          ),
    ),
    outcome_facts(cell),
  );
}

/// In place of the outcome, as long as it is hidden: the choices.
function guess_part(cell) {
  const radio = (choice) =>
    el(
      'label',
      {class: 'choice'},
      el('input', {
        type: 'radio',
        name: 'guess',
        checked: prediction.guesses.get(cell.index) === choice && prediction.guesses.has(cell.index),
        onchange: () => {
          guess(cell, choice);
          rebuild(data.scenarios[cell.scenario]);
        },
      }),
      choice_text(choice),
    );
  return part(
    'guess',
    say('predict.what'),
    el(
      'div',
      {class: 'choices', role: 'radiogroup', 'aria-labelledby': 'part-guess'},
      ...choices_of(data.scenarios[cell.scenario]).map(radio),
    ),
    el(
      'p',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'plain',
          onclick: () => {
            reveal_scenario(data.scenarios[cell.scenario]);
            show_cell(cell);
          },
        },
        say('predict.reveal'),
      ),
    ),
  );
}

function rule_item(rule) {
  return el(
    'li',
    {},
    el('p', {}, in_language(rule.says)),
    el('p', {class: 'source'}, el('code', {}, rule.name), rule.source ? ` · ${rule.source}` : ''),
  );
}

function why_part(cell) {
  const rules = (cell.rules ?? []).map((rule) => data.rules[rule]);
  if (!cell.why && !rules.length) return null;
  return part(
    'why',
    say('cell.why'),
    el('p', {class: 'lead'}, text_in_language(cell.why)),
    rules.length ? el('h4', {}, say('cell.rules')) : null,
    rules.length ? el('ul', {class: 'rules'}, ...rules.map(rule_item)) : null,
  );
}

function steps_part(cell, hidden) {
  const steps = lines_of(cell).filter((line) => line.kind === kStep);
  if (!steps.length) return null;
  return part(
    'steps',
    say('cell.steps'),
    el(
      'ol',
      {class: 'steps'},
      ...steps.map((step) =>
        el(
          'li',
          {},
          el('span', {class: 'words'}, step.text, hidden || !step.note ? null : el('span', {class: 'note'}, step.note)),
          el('span', {class: 'when'}, time_text(step.at)),
        ),
      ),
    ),
  );
}

function precondition_table(cell) {
  const rows = (cell.precondition ?? []).map(([actor, asked, seen]) =>
    el('tr', {}, el('th', {scope: 'row'}, actor), el('td', {}, asked), el('td', {}, seen)),
  );
  if (!rows.length) return null;
  return el(
    'table',
    {class: 'list'},
    el('caption', {}, say('cell.precondition')),
    el(
      'thead',
      {},
      el('tr', {}, ...['actor', 'asked', 'seen'].map((id) => el('th', {scope: 'col'}, say(`cell.${id}`)))),
    ),
    el('tbody', {}, ...rows),
  );
}

function attempt_list(cell) {
  const calls = (cell.attempt ?? []).map(([call, values, result, errno]) =>
    el(
      'li',
      {class: errno ? 'failed' : null},
      el('code', {}, `${call}(${values ?? ''}) = ${result}${errno ? ` ${errno}` : ''}`),
    ),
  );
  if (!calls.length) return null;
  return el(
    'div',
    {class: 'calls'},
    el('h4', {}, say('cell.attempt_by', text(cell.attempt_by) || '–')),
    el('ol', {}, ...calls),
  );
}

function process_table(cell) {
  const rows = (cell.actors ?? []).map(([actor, command, end]) =>
    el('tr', {}, el('th', {scope: 'row'}, actor), el('td', {}, el('code', {}, text(command))), el('td', {}, text(end))),
  );
  if (!rows.length) return null;
  return el(
    'table',
    {class: 'list'},
    el('caption', {}, say('cell.processes')),
    el(
      'thead',
      {},
      el('tr', {}, ...['actor', 'command', 'end'].map((id) => el('th', {scope: 'col'}, say(`cell.${id}`)))),
    ),
    el('tbody', {}, ...rows),
  );
}

function attempt_part(cell, hidden) {
  const content = [precondition_table(cell), ...(hidden ? [] : [attempt_list(cell), process_table(cell)])].filter(
    Boolean,
  );
  return content.length ? part('attempt', say('cell.attempt'), el('div', {class: 'pair'}, ...content)) : null;
}

function ladder_part(cell) {
  if (!lines_of(cell).length) return null;
  const place = el('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('cell.ladder')});
  const draw = (is_true) => place.replaceChildren(ladder_svg(cell, is_true));
  const radio = (id, is_true) =>
    el(
      'label',
      {class: 'choice'},
      el('input', {type: 'radio', name: 'ladder-time', value: id, checked: !is_true, onchange: () => draw(is_true)}),
      say(`ladder.${id}`),
    );
  draw(false);
  return part(
    'run',
    say('cell.ladder'),
    ...(cell.ladder.warnings ?? []).map((warning) => el('p', {class: 'warning'}, text(warning))),
    el(
      'div',
      {class: 'choices', role: 'radiogroup', 'aria-label': say('ladder.axis')},
      radio('even', false),
      radio('true', true),
    ),
    place,
    el('p', {class: 'hint'}, say('ladder.legend')),
    el('details', {}, el('summary', {}, say('ladder.as_list')), ladder_table(cell)),
  );
}

function diagram_part(cell) {
  return part('states', say('diagram.heading'), walk(cell, 'cell-walk'));
}

/// All parts; while the outcome is hidden only those that do not tell it.
function cell_parts(cell) {
  const hidden = is_hidden(cell);
  const parts = hidden
    ? [guess_part(cell), steps_part(cell, true), attempt_part(cell, true), again_part(cell, true)]
    : [
        outcome_part(cell),
        why_part(cell),
        steps_part(cell, false),
        ladder_part(cell),
        attempt_part(cell, false),
        diagram_part(cell),
        again_part(cell, false),
      ];
  return parts.filter(Boolean);
}
