// The way of one end through the state diagram, from the states that were seen.

/// null in the data: the entry is gone, which the diagram calls BOUND.
const kGone = 'BOUND';
const kByForce = ['gets RST', 'aborts', 'gets data for nobody'];

function is_by_force(transition) {
  return kByForce.includes(transition.event);
}

/// Force is believed only where a reset was on the wire or nothing else leads there. A FIN that is
/// acknowledged by the other's FIN is acknowledged first; CLOSING needs FINs that crossed.
function cost_of(transition, clues) {
  const unlikely = clues.fins_crossed ? 'FIN_WAIT2' : 'CLOSING';
  const detour = transition.from === 'FIN_WAIT1' && transition.to === unlikely ? 0.5 : 0;
  return detour + (is_by_force(transition) === clues.saw_reset ? 1 : clues.saw_reset ? 3 : 20);
}

/// The cheapest way from one state to another: a list of states, or null.
function way_between(from, to, clues) {
  const best = new Map([[from, {cost: 0, states: [from]}]]);
  const open = [from];
  while (open.length) {
    const state = open.shift();
    const so_far = best.get(state);
    for (const transition of data.diagram.transitions.filter((one) => one.from === state)) {
      const cost = so_far.cost + cost_of(transition, clues);
      if ((best.get(transition.to)?.cost ?? Infinity) <= cost) continue;
      best.set(transition.to, {cost, states: [...so_far.states, transition.to]});
      open.push(transition.to);
    }
  }
  return best.get(to)?.states ?? null;
}

function port_of(address) {
  return address.slice(address.lastIndexOf(':'));
}

/// The segments of an end's connection: those of several connections are told apart by a port.
function segments_of(end, lines) {
  const ports = [port_of(end.local), port_of(end.remote)];
  return lines.filter(
    (line) => line.kind === kSegment && (!/:\d+$/.test(line.text) || ports.some((port) => line.text.endsWith(port))),
  );
}

function number_after(word, line) {
  return Number(line?.text.match(new RegExp(`${word} (\\d+)`))?.[1]);
}

/// What the segments tell about a change that was not seen itself.
function clues_between(end, segments, begin, at) {
  const fin_of = (side) =>
    segments.filter((line) => line.from === side && line.text.includes('FIN') && line.at <= at).at(-1);
  return {
    saw_reset: segments.some((line) => line.at >= begin && line.at <= at && line.text.includes('RST')),
    fins_crossed: number_after('ack', fin_of(1 - end.side)) <= number_after('seq', fin_of(end.side)),
  };
}

/// The moves of an end: from, to, when they were noticed, and whether both states were seen.
function moves_of(end, lines) {
  const moves = [];
  const segments = segments_of(end, lines);
  for (let i = 1; i < end.moments.length; ++i) {
    const [before, from] = end.moments[i - 1];
    const [at, to] = end.moments[i];
    const states = way_between(from ?? kGone, to ?? kGone, clues_between(end, segments, before, at)) ?? [
      from ?? kGone,
      to ?? kGone,
    ];
    for (let k = 1; k < states.length; ++k)
      moves.push({from: states[k - 1], to: states[k], at, seen: states.length === 2});
  }
  return moves;
}

/// The state of an end at a time; undefined before its first moment.
function state_at(end, at) {
  const past = end.moments.filter((moment) => moment[0] <= at);
  return past.length ? (past.at(-1)[1] ?? kGone) : undefined;
}

/// Ends that belong together: "127.0.0.1:12000 – 127.0.0.1:40312" with the ends on both sides.
function connections_of(cell) {
  const connections = [];
  for (const end of (cell.ends ?? []).filter((one) => one.remote)) {
    const other = connections.find(
      (one) => one.ends.length === 1 && one.ends[0].local === end.remote && one.ends[0].remote === end.local,
    );
    if (other) other.ends.push(end);
    else connections.push({name: `${end.local} – ${end.remote}`, ends: [end]});
  }
  connections.forEach((one) => one.ends.sort((a, b) => a.side - b.side));
  return connections;
}

/// When something can be seen to change: what the slider stops at.
function stops_of(connection, lines) {
  const times = [
    ...connection.ends.flatMap((end) => end.moments.map((moment) => moment[0])),
    ...lines.filter((line) => line.kind === kStep).map((line) => line.at),
  ];
  return [...new Set(times)].sort((a, b) => a - b);
}
