// TCP's closing half as a state diagram: edges and labels are those of the data, only the places are fixed.

const kPlaces = {
  LISTEN: [90, 36],
  SYN_RECV: [262, 36],
  SYN_SENT: [578, 36],
  ESTABLISHED: [420, 112],
  FIN_WAIT1: [190, 202],
  CLOSE_WAIT: [640, 202],
  CLOSING: [400, 268],
  FIN_WAIT2: [190, 322],
  LAST_ACK: [640, 322],
  TIME_WAIT: [330, 402],
  BOUND: [520, 472],
};
const kOpening = ['LISTEN', 'SYN_RECV', 'SYN_SENT'];
/// How far an edge bends aside, where a straight one would run over something.
const kBends = {
  'FIN_WAIT2 BOUND': -150,
  'FIN_WAIT1 BOUND': -230,
  'ESTABLISHED BOUND': -70,
  'CLOSE_WAIT BOUND': -40,
  'CLOSING BOUND': -20,
  'SYN_RECV FIN_WAIT1': -30,
  'SYN_RECV CLOSE_WAIT': 60,
};
/// Where a label stands along its edge, if not in the middle.
const kLabelPlaces = {'CLOSING TIME_WAIT': 0.45, 'FIN_WAIT2 BOUND': 0.5};
const kBox = {width: 118, height: 34};

function check_places() {
  const states = new Set(data.diagram.transitions.flatMap((transition) => [transition.from, transition.to]));
  data.cells.forEach((cell) =>
    (cell.ends ?? []).forEach((end) => end.moments.forEach((moment) => states.add(moment[1] ?? kGone))),
  );
  [...states]
    .filter((state) => !(state in kPlaces))
    .forEach((state) => console.error(`timewait: the diagram has no place for ${state}`));
}

function is_opening(transition) {
  return kOpening.includes(transition.from) || kOpening.includes(transition.to);
}

/// Transitions between the same two states are one edge.
function edges_of(transitions) {
  const edges = new Map();
  for (const transition of transitions) {
    const key = `${transition.from} ${transition.to}`;
    if (!edges.has(key)) edges.set(key, {key, from: transition.from, to: transition.to, transitions: []});
    edges.get(key).transitions.push(transition);
  }
  return [...edges.values()];
}

/// The point of a box's border that looks at `toward`.
function border_point([x, y], [toward_x, toward_y]) {
  const dx = toward_x - x;
  const dy = toward_y - y;
  const share = Math.min(
    dx ? (kBox.width / 2 + 3) / Math.abs(dx) : Infinity,
    dy ? (kBox.height / 2 + 3) / Math.abs(dy) : Infinity,
  );
  return [x + dx * share, y + dy * share];
}

/// The curve of an edge as three points; the middle one pulls.
function curve_of(edge) {
  const [a, b] = [kPlaces[edge.from], kPlaces[edge.to]];
  if (!a || !b) return null;
  const bend = kBends[edge.key] ?? 0;
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const middle = [
    (a[0] + b[0]) / 2 - ((b[1] - a[1]) / length) * -bend,
    (a[1] + b[1]) / 2 + ((b[0] - a[0]) / length) * -bend,
  ];
  return [border_point(a, middle), middle, border_point(b, middle)];
}

function point_on([a, m, b], t) {
  return [0, 1].map((i) => (1 - t) ** 2 * a[i] + 2 * t * (1 - t) * m[i] + t ** 2 * b[i]);
}

function edge_path([a, m, b], name, offset = 0) {
  return svg('path', {class: name, d: `M${a[0] + offset} ${a[1]} Q${m[0] + offset} ${m[1]} ${b[0] + offset} ${b[1]}`});
}

function edge_tip([, m, b], name, offset = 0) {
  const angle = Math.atan2(b[1] - m[1], b[0] - m[0]);
  const at = (turn) => `${b[0] + offset - 10 * Math.cos(angle + turn)} ${b[1] - 10 * Math.sin(angle + turn)}`;
  return svg('path', {class: name, d: `M${b[0] + offset} ${b[1]} L${at(0.42)} L${at(-0.42)} z`});
}

function event_words(transition) {
  const id = `event.${transition.event.toLowerCase().replace(/[^a-z]+/g, '_')}`;
  const sends = transition.sends && transition.sends !== 'nothing' ? ` / ${transition.sends}` : '';
  return say_or(id, transition.event) + sends;
}

function edge_label(edge, curve) {
  const [x, y] = point_on(curve, kLabelPlaces[edge.key] ?? 0.5);
  const shown = edge.transitions.slice(0, 4);
  return svg(
    'text',
    {class: 'event', 'text-anchor': 'middle'},
    ...shown.map((transition, i) =>
      svg('tspan', {x, y: y + 4 + 14 * (i - (shown.length - 1) / 2)}, event_words(transition)),
    ),
  );
}

/// The edges that are drawn always: how connections close when nobody uses force. The table has the others.
function quiet_edges() {
  return edges_of(
    data.diagram.transitions.filter((one) => one.to === 'ESTABLISHED' || !(is_by_force(one) || is_opening(one))),
  );
}

function state_box(state, here) {
  const [x, y] = kPlaces[state];
  const name = `node ${kOpening.includes(state) ? 'opening' : ''} ${here.length ? 'here' : ''}`;
  return svg(
    'g',
    {class: name},
    svg('rect', {x: x - kBox.width / 2, y: y - kBox.height / 2, width: kBox.width, height: kBox.height, rx: 6}),
    svg('rect', {
      class: `bar ${state}`,
      x: x - kBox.width / 2,
      y: y - kBox.height / 2,
      width: 6,
      height: kBox.height,
      rx: 2,
    }),
    svg('text', {x: x + 2, y: y + 5, 'text-anchor': 'middle'}, state === kGone ? 'CLOSED' : state),
    ...here.map((side, i) => here_mark(side, x, y, i, here.length)),
  );
}

/// A flag at the box in which an end is now.
function here_mark(side, x, y, i, count) {
  const width = 54;
  const left = x + (i - count / 2) * (width + 4) + 2;
  return svg(
    'g',
    {class: `flag side${side}`},
    svg('rect', {x: left, y: y + kBox.height / 2 - 4, width, height: 18, rx: 9}),
    svg('text', {x: left + width / 2, y: y + kBox.height / 2 + 9, 'text-anchor': 'middle'}, kSides[side]),
  );
}

/// The edges that an end has gone, drawn over the quiet ones.
function walked(end, lines, at) {
  return moves_of(end, lines)
    .filter((move) => kPlaces[move.from] && kPlaces[move.to])
    .flatMap((move) => {
      const curve = curve_of({from: move.from, to: move.to, key: `${move.from} ${move.to}`});
      const name = `walked side${end.side} ${move.seen ? '' : 'unseen-move'} ${move.at <= at ? '' : 'later'}`;
      const offset = end.side === 0 ? -2.5 : 2.5;
      return [edge_path(curve, name, offset), edge_tip(curve, `${name} tip`, offset)];
    });
}

/// States of the opening half are left out where nothing leads to them.
function shown_states(edges, here) {
  const used = (state) => edges.some((edge) => edge.from === state || edge.to === state) || here(state).length > 0;
  return Object.keys(kPlaces).filter((state) => !kOpening.includes(state) || used(state));
}

/// The diagram with the ways of some ends up to a time.
function diagram_svg(options) {
  const {ends = [], lines = [], at = Infinity} = options;
  const edges = quiet_edges();
  const gone = ends.flatMap((end) => moves_of(end, lines)).map((move) => `${move.from} ${move.to}`);
  const extra = edges_of(data.diagram.transitions).filter(
    (edge) => gone.includes(edge.key) && !edges.some((one) => one.key === edge.key),
  );
  const all = [...edges, ...extra].filter((edge) => curve_of(edge));
  const here = (state) => ends.filter((end) => state_at(end, at) === state).map((end) => end.side);
  const title = say('diagram.title');
  const states = shown_states(all, here);
  const left = states.includes('LISTEN') ? 20 : 110;
  return svg(
    'svg',
    {class: 'diagram', role: 'img', 'aria-label': title, viewBox: `${left} 10 ${720 - left} 500`},
    svg('title', {}, title),
    ...all.flatMap((edge) => [
      edge_path(curve_of(edge), `edge ${edge.transitions.every(is_opening) ? 'opening' : ''}`),
      edge_tip(curve_of(edge), 'edge tip'),
    ]),
    ...ends.flatMap((end) => walked(end, lines, at)),
    ...all.map((edge) => edge_label(edge, curve_of(edge))),
    ...states.map((state) => state_box(state, here(state))),
  );
}

/// Every transition there is, those by force and those of the opening half with them.
function transitions_table() {
  const name = (state) => (state === kGone ? 'CLOSED' : state);
  const rows = data.diagram.transitions.map((one) =>
    el(
      'tr',
      {},
      el('th', {scope: 'row'}, name(one.from)),
      el('td', {}, event_words({event: one.event})),
      el('td', {}, name(one.to)),
      el('td', {}, one.sends && one.sends !== 'nothing' ? one.sends : '–'),
      el('td', {}, el('code', {}, one.rule ?? '')),
    ),
  );
  return el(
    'details',
    {},
    el('summary', {}, say('diagram.all')),
    el(
      'div',
      {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('diagram.all')},
      el(
        'table',
        {class: 'list'},
        el('caption', {class: 'unseen'}, say('diagram.all')),
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            ...['from', 'event', 'to', 'sends', 'rule'].map((id) => el('th', {scope: 'col'}, say(`diagram.${id}`))),
          ),
        ),
        el('tbody', {}, ...rows),
      ),
    ),
  );
}
