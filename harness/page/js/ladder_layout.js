// Where things stand in a ladder: rows of even height, or heights that are true to the clock.

const kStep = 0,
  kSegment = 1,
  kStates = 2,
  kProcess = 3,
  kCall = 4;

/// A line of the data with names.
function ladder_line(line) {
  const [kind, at, words, note, from, to, server_states, client_states, change, alarming, server_life, client_life] =
    line;
  return {
    kind,
    at,
    text: text(words),
    note: text(note),
    from,
    to,
    states: [text(server_states), text(client_states)],
    change,
    alarming: alarming === 1,
    lives: [server_life, client_life],
  };
}

function lines_of(cell) {
  return (cell.ladder?.lines ?? []).map(ladder_line);
}

/// Moves what would lie on each other apart, as little as the order allows.
function spread(wanted, gap, top, bottom) {
  const places = [];
  wanted.forEach((y, i) => {
    places[i] = Math.max(y, i ? places[i - 1] + gap : top);
  });
  for (let i = places.length - 1; i >= 0; --i) {
    places[i] = Math.min(places[i], i === places.length - 1 ? bottom : places[i + 1] - gap);
  }
  return places;
}

function even_layout(lines, top) {
  let y = top;
  const marks = lines.map((line) => {
    const height = line.kind === kSegment ? 32 : 27;
    y += height;
    return y - 10;
  });
  return {marks, labels: marks, bottom: y + 8, is_true: false};
}

function true_layout(lines, top) {
  const bottom = top + Math.max(420, lines.length * 19);
  const begin = Math.min(0, lines[0]?.at ?? 0);
  const end = Math.max(begin + 1, lines.at(-1)?.at ?? 1);
  const to_y = (at) => top + 10 + ((at - begin) / (end - begin)) * (bottom - top - 20);
  const marks = lines.map((line) => to_y(line.at));
  return {marks, labels: spread(marks, 18, top + 8, bottom), bottom, is_true: true, begin, end, to_y};
}

/// The height of a moment that need not have a line.
function height_of(layout, lines, at) {
  if (layout.is_true) return layout.to_y(Math.min(Math.max(at, layout.begin), layout.end));
  const after = lines.findIndex((line) => line.at >= at);
  if (after === -1) return layout.bottom - 8;
  if (after === 0 || lines[after].at === at) return layout.marks[after];
  const share = (at - lines[after - 1].at) / (lines[after].at - lines[after - 1].at);
  return layout.marks[after - 1] + share * (layout.marks[after] - layout.marks[after - 1]);
}

/// Round times for the axis, four to ten of them.
function axis_times(begin, end) {
  const rough = (end - begin) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough);
  const times = [];
  for (let at = Math.ceil(begin / step) * step; at <= end; at += step) times.push(at);
  return times;
}
