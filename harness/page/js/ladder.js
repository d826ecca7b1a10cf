// The ladder of a run: two lifelines, what went between them, and the TCP states beside them.

const kTop = 40;
/// Where columns stand: time, names of states, their bars, lifelines, and for the clock the words.
const kWide = {width: 910, time: 58, states: [218, 746], lanes: [224, 698], sides: [270, 686]};
const kClock = {width: 910, lanes: [84, 306], sides: [134, 292], label: 414};
const kLongStep = 84;
const kLifeClass = ['', 'life kernel', 'life process'];
const kSides = ['server', 'client'];

function ladder_text(x, y, words, options = {}) {
  return svg('text', {x, y, class: options.class, 'text-anchor': options.anchor}, words);
}

/// "FIN, ACK seq 41 ack 42": the flags stand out, the numbers do not.
function segment_label(x, y, words) {
  const [, flags, rest] = words.match(/^(.*?)((?: seq| ack| len|, \d).*)?$/);
  return svg(
    'text',
    {x, y, class: 'segment', 'text-anchor': 'middle'},
    svg('tspan', {class: 'flags'}, flags),
    rest ? svg('tspan', {class: 'small'}, rest) : null,
  );
}

function arrow(from, to, y, alarming) {
  const name = `arrow ${alarming ? 'alarm' : ''}`;
  if (from === to) return svg('path', {class: name, d: `M${from} ${y} h22 v8 h-16`});
  const tip = to > from ? -1 : 1;
  return svg(
    'g',
    {class: name},
    svg('line', {x1: from, y1: y, x2: to + 2 * tip, y2: y}),
    svg('path', {class: 'tip', d: `M${to} ${y} l${9 * tip} -4.5 v9 z`}),
  );
}

/// × where a process ends or is killed, a ring where one begins, a diamond for a call.
function point_mark(line, x, y) {
  const name = `point ${line.alarming ? 'alarm' : ''}`;
  if (line.kind === kCall) return svg('path', {class: `${name} call`, d: `M${x} ${y - 6} l6 6 l-6 6 l-6 -6 z`});
  const is_end = line.change === 6 || (line.change === 3 && line.alarming);
  if (is_end) return svg('path', {class: `${name} end`, d: `M${x - 5} ${y - 5} l10 10 m0 -10 l-10 10`});
  return svg('circle', {class: name, cx: x, cy: y, r: 4.5});
}

function lifelines(lines, layout, place, side) {
  const x = place.sides[side];
  return lines
    .map((line, i) => {
      const life = kLifeClass[line.lives[side]];
      const below = layout.marks[i + 1] ?? layout.bottom;
      return life ? svg('line', {class: life, x1: x, x2: x, y1: layout.marks[i], y2: below}) : null;
    })
    .filter(Boolean);
}

/// A coloured bar for each time that a socket spent in a state.
function state_bars(cell, lines, layout, place, side) {
  const ends = (cell.ends ?? []).filter((end) => end.side === side).slice(0, 6);
  return ends.flatMap((end, lane) =>
    end.moments
      .map(([at, state], i) => {
        if (state === null) return null;
        const y = height_of(layout, lines, at);
        const next = end.moments[i + 1];
        const below = next ? height_of(layout, lines, next[0]) : layout.bottom;
        return svg('rect', {
          class: `bar ${state}`,
          x: place.lanes[side] + lane * 7,
          y,
          width: 5,
          height: Math.max(1.5, below - y),
        });
      })
      .filter(Boolean),
  );
}

function drawn_sides(cell) {
  return [0, 1].filter((side) => cell.ladder.titles?.[kSides[side]]);
}

/// Marks and words of one line in rows of even height.
function even_row(line, y, place, titles) {
  const time = ladder_text(place.time, y + 4, (line.at / 1000).toFixed(2), {class: 'time', anchor: 'end'});
  const [left, right] = place.sides;
  const x = place.sides[line.from] ?? left;
  if (line.kind === kStep) {
    const begin = line.text.length + line.note.length > kLongStep ? 72 : left + 16;
    return [
      svg('rect', {class: 'band', x: 64, y: y - 11, width: place.width - 64, height: 22, rx: 3}),
      time,
      svg(
        'text',
        {x: begin, y: y + 4, class: 'step'},
        line.text,
        line.note ? svg('tspan', {class: 'small'}, `  ${line.note}`) : null,
      ),
    ];
  }
  if (line.kind === kSegment) {
    return [
      time,
      arrow(x, place.sides[line.to], y, line.alarming),
      segment_label((left + right) / 2, y - 6, line.text),
    ];
  }
  if (line.kind === kStates) {
    return [
      time,
      ...[0, 1]
        .filter((side) => line.states[side])
        .map((side) =>
          ladder_text(place.states[side], y + 4, line.states[side], {
            class: 'state',
            anchor: side === 0 ? 'end' : 'start',
          }),
        ),
    ];
  }
  const inward = line.from === 0 ? {dx: 14, anchor: 'start'} : {dx: -14, anchor: titles.length > 1 ? 'end' : 'start'};
  return [
    time,
    point_mark(line, x, y),
    ladder_text(x + inward.dx, y + 4, line.text, {
      class: `${line.kind === kCall ? 'call' : 'process'} ${line.alarming ? 'alarm' : ''}`,
      anchor: inward.anchor,
    }),
  ];
}

/// What a line says when its place does not say whose it is.
function sentence_of(line) {
  if (line.kind === kStep) return line.note ? `${line.text}: ${line.note}` : line.text;
  if (line.kind === kSegment) return `${kSides[line.from]} → ${kSides[line.to]}: ${line.text}`;
  if (line.kind === kStates)
    return [0, 1]
      .filter((side) => line.states[side])
      .map((side) => `${kSides[side]}: ${line.states[side]}`)
      .join(' · ');
  return `${kSides[line.from]}: ${line.text}`;
}

/// The same on a true clock: marks where they were, words beside them with a line to their mark.
function clock_row(line, mark, label, place) {
  const x = place.sides[line.from] ?? place.sides[0];
  const drawn =
    line.kind === kSegment
      ? arrow(x, place.sides[line.to], mark, line.alarming)
      : line.kind === kStep
        ? svg('line', {class: 'tick', x1: 64, x2: place.label - 60, y1: mark, y2: mark})
        : line.kind === kStates
          ? null
          : point_mark(line, x, mark);
  const kinds = ['step', 'segment', 'state', 'process', 'call'];
  return [
    drawn,
    svg('path', {class: 'leader', d: `M${place.label - 56} ${mark} l22 ${label - mark} h26`}),
    svg(
      'text',
      {x: place.label, y: label + 4, class: `${kinds[line.kind]} ${line.alarming ? 'alarm' : ''}`},
      svg('tspan', {class: 'time'}, (line.at / 1000).toFixed(2)),
      `  ${sentence_of(line)}`,
    ),
  ].filter(Boolean);
}

function clock_axis(layout) {
  return axis_times(layout.begin, layout.end).flatMap((at) => [
    ladder_text(52, layout.to_y(at) + 4, time_text(at).replace(/\.?0+ /, ' '), {class: 'time', anchor: 'end'}),
    svg('line', {class: 'tick', x1: 56, x2: 64, y1: layout.to_y(at), y2: layout.to_y(at)}),
  ]);
}

function ladder_heads(cell, place, sides) {
  return sides.map((side) =>
    ladder_text(place.sides[side], 20, cell.ladder.titles[kSides[side]], {class: 'head', anchor: 'middle'}),
  );
}

/// The whole drawing; `is_true` asks for the clock instead of even rows.
function ladder_svg(cell, is_true) {
  const lines = lines_of(cell);
  const place = is_true ? kClock : kWide;
  const layout = is_true ? true_layout(lines, kTop) : even_layout(lines, kTop);
  const sides = drawn_sides(cell);
  const rows = lines.flatMap((line, i) =>
    is_true ? clock_row(line, layout.marks[i], layout.labels[i], place) : even_row(line, layout.marks[i], place, sides),
  );
  const bands = rows.filter((node) => node.classList.contains('band'));
  const title = say('ladder.title', name_of(cell));
  return svg(
    'svg',
    {class: 'ladder', role: 'img', 'aria-label': title, viewBox: `0 0 ${place.width} ${layout.bottom + 12}`},
    svg('title', {}, title),
    ...bands,
    ...sides.flatMap((side) => state_bars(cell, lines, layout, place, side)),
    ...sides.flatMap((side) => lifelines(lines, layout, place, side)),
    ...ladder_heads(cell, place, sides),
    ...(is_true ? clock_axis(layout) : []),
    ...rows.filter((node) => !bands.includes(node)),
  );
}

/// All that the drawing shows, as a table.
function ladder_table(cell) {
  const rows = lines_of(cell).map((line) =>
    el(
      'tr',
      {class: line.kind === kStep ? 'step' : null},
      el('td', {class: 'number'}, time_text(line.at)),
      el('td', {}, sentence_of(line)),
    ),
  );
  return el(
    'div',
    {class: 'scroll'},
    el(
      'table',
      {class: 'list'},
      el('caption', {class: 'unseen'}, say('ladder.as_list')),
      el(
        'thead',
        {},
        el('tr', {}, el('th', {scope: 'col'}, say('ladder.time')), el('th', {scope: 'col'}, say('ladder.event'))),
      ),
      el('tbody', {}, ...rows),
    ),
  );
}
