// How to get a cell again: the commands that repeat it, and its record to copy.

const kLineKinds = ['step', 'segment', 'states', 'process', 'call'];

function readable_line(line) {
  const one = ladder_line(line);
  const readable = {kind: kLineKinds[one.kind], at_us: one.at};
  if (one.text) readable.text = one.text;
  if (one.note) readable.note = one.note;
  if (one.kind === kStates) readable.states = {server: one.states[0], client: one.states[1]};
  else readable.by = kSides[one.from];
  return readable;
}

/// What the page knows of a cell, as JSON to copy.
function record_text(cell) {
  const {index, why, rules, ladder, actors, attempt_by, scenario, name, ...plain} = cell;
  const record = {scenario: data.scenarios[scenario].name, cell: name, kernel: data.run.kernel, ...plain};
  if (attempt_by !== undefined) record.attempt_by = text(attempt_by);
  record.why = why && text(why.en);
  record.rules = (rules ?? []).map((rule) => data.rules[rule].name);
  record.actors = (actors ?? []).map(([actor, command, end]) => ({actor, command: text(command), end: text(end)}));
  record.holders = (ladder?.holders ?? []).map(text);
  record.ladder = (ladder?.lines ?? []).map(readable_line);
  return JSON.stringify(record, null, 2);
}

function code_block(words) {
  return el('pre', {tabindex: 0, role: 'group', 'aria-label': words.slice(0, 60)}, el('code', {}, words));
}

async function copy_text(button, area) {
  try {
    await navigator.clipboard.writeText(area.value);
    button.textContent = say('cell.copied');
  } catch {
    area.closest('details').open = true;
    area.focus();
    area.select();
    button.textContent = say('cell.copy_by_hand');
  }
}

function again_part(cell, hidden) {
  const name = name_of(cell);
  const commands = [
    `timewait run ${name}`,
    `timewait run ${name} --trace`,
    `timewait explain ${name}`,
    `timewait trace results/run/latest ${name}`,
  ];
  const file = data.scenarios[cell.scenario].file;
  const from = file ? el('p', {class: 'hint'}, say('cell.file'), ' ', el('code', {}, file)) : null;
  if (hidden) return part('again', say('cell.again'), code_block(commands[0]), from);
  const area = el('textarea', {readonly: true, rows: 12, 'aria-label': say('cell.record'), spellcheck: 'false'});
  area.value = record_text(cell);
  const copy = el(
    'button',
    {type: 'button', class: 'plain copy', onclick: () => copy_text(copy, area)},
    say('cell.copy'),
  );
  return part(
    'again',
    say('cell.again'),
    code_block(commands.join('\n')),
    from,
    el('p', {}, copy),
    el('details', {class: 'record'}, el('summary', {}, say('cell.record')), area),
  );
}
