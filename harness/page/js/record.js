// A cell as it can be copied: numbers of texts replaced by the texts.

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
