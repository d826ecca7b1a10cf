// The diagram with a slider over the clock of a run: who is in which state when.

/// What the slider says at a time: the clock, the step that is under way, the states of the ends.
function walk_words(connection, lines, at) {
  const step = lines.filter((line) => line.kind === kStep && line.at <= at).at(-1);
  const states = connection.ends.map(
    (end) => `${kSides[end.side]}: ${state_at(end, at)?.replace(kGone, say('diagram.gone')) ?? say('diagram.not_yet')}`,
  );
  return {time: time_text(at), step: step?.text ?? '', states: states.join(' · ')};
}

function walk_controls(id, connections, cell) {
  const slider = el('input', {type: 'range', id: `${id}-slider`, class: 'slider', min: 0, step: 1});
  const pick = el(
    'select',
    {id: `${id}-connection`},
    ...connections.map((one, i) => el('option', {value: i}, one.name)),
  );
  const said = el('output', {class: 'walk-words', for: `${id}-slider`});
  return {slider, pick, said, lines: lines_of(cell)};
}

function draw_walk(place, connection, controls) {
  const stops = stops_of(connection, controls.lines);
  const at = stops[Number(controls.slider.value)] ?? 0;
  const words = walk_words(connection, controls.lines, at);
  controls.slider.setAttribute('aria-valuetext', `${words.time}, ${words.step}, ${words.states}`);
  controls.said.replaceChildren(
    el('span', {class: 'clock'}, words.time),
    el('span', {class: 'under-way'}, words.step),
    el('span', {class: 'walk-states'}, words.states),
  );
  place.replaceChildren(diagram_svg({ends: connection.ends, lines: controls.lines, at}));
}

function diagram_key() {
  return el(
    'ul',
    {class: 'legend diagram-key'},
    el('li', {class: 'key side0'}, say('diagram.server')),
    el('li', {class: 'key side1'}, say('diagram.client')),
    el('li', {class: 'key dashed'}, say('diagram.unseen')),
  );
}

/// The diagram of a cell; without connections the diagram alone.
function walk(cell, id) {
  const connections = cell ? connections_of(cell) : [];
  const place = el('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('diagram.heading')});
  if (!connections.length) {
    place.append(diagram_svg({}));
    return el(
      'div',
      {class: 'walk'},
      cell ? el('p', {class: 'hint'}, say('diagram.no_path')) : null,
      place,
      transitions_table(),
    );
  }
  const controls = walk_controls(id, connections, cell);
  const draw = () => draw_walk(place, connections[Number(controls.pick.value)], controls);
  const begin = () => {
    controls.slider.max = stops_of(connections[Number(controls.pick.value)], controls.lines).length - 1;
    controls.slider.value = controls.slider.max;
    draw();
  };
  controls.slider.addEventListener('input', draw);
  controls.pick.addEventListener('change', begin);
  begin();
  return el(
    'div',
    {class: 'walk'},
    connections.length > 1
      ? el('p', {class: 'field'}, el('label', {for: `${id}-connection`}, say('diagram.connection')), controls.pick)
      : null,
    el(
      'div',
      {class: 'walk-bar'},
      el('label', {for: `${id}-slider`}, say('diagram.clock')),
      controls.slider,
      controls.said,
    ),
    place,
    diagram_key(),
    transitions_table(),
  );
}
