// All matrices under their themes, their filters and the count of what is shown.

function scenario_section(scenario) {
  const id = `scenario-${scenario.index}`;
  const place = el('div', {class: 'place'});
  const section = el(
    'section',
    {class: scenario.columns.length > 5 ? 'scenario wide' : 'scenario', 'aria-labelledby': id},
    el(
      'div',
      {class: 'about'},
      el(
        'h3',
        {id},
        el('a', {href: link_to(`${scenario.name}`), 'data-scenario': scenario.index}, in_language(scenario.title)),
      ),
      el('p', {class: 'name'}, el('code', {}, scenario.name)),
      el('p', {class: 'teaches', hidden: is_secret(scenario)}, in_language(scenario.teaches)),
    ),
    place,
  );
  section.style.containIntrinsicBlockSize = `auto ${Math.max(9, 5 + 2.4 * scenario.rows.length)}rem`;
  const view = {scenario, section, place, built: false, matching: cells_of(scenario)};
  place.style.minBlockSize = `${2.1 * (scenario.rows.length + 2)}rem`;
  matrices.views[scenario.index] = view;
  section.view = view;
  return section;
}

function theme_section(theme) {
  const scenarios = theme.scenarios.map((index) => scenario_section(data.scenarios[index]));
  return el(
    'section',
    {class: 'theme', 'aria-labelledby': `theme-${theme.id}`},
    el('h2', {id: `theme-${theme.id}`}, in_language(theme.name)),
    ...scenarios,
  );
}

/// Tables near the window first, the others when there is time, so that the browser can search in them.
function build_when_needed() {
  matrices.observer?.disconnect();
  matrices.observer = new IntersectionObserver(
    (entries) => {
      for (const {isIntersecting, target} of entries) if (isIntersecting && !target.view.built) build(target.view);
    },
    {rootMargin: '800px 0px'},
  );
  matrices.views.forEach((view) => matrices.observer.observe(view.section));
  build_in_idle_time(matrices.views);
}

function build_in_idle_time(views) {
  if (!window.requestIdleCallback) return;
  let next = 0;
  const work = (deadline) => {
    if (views !== matrices.views) return;
    while (next < views.length && deadline.timeRemaining() > 2) if (!views[next++].built) build(views[next - 1]);
    if (next < views.length) requestIdleCallback(work);
  };
  requestIdleCallback(work);
}

/// Tables that are made on the way move the place, so it is looked for again in the next frames.
function bring_into_view(node, block, frames = 12) {
  node.scrollIntoView({block});
  if (frames > 0) requestAnimationFrame(() => bring_into_view(node, block, frames - 1));
}

function build_all() {
  matrices.views.forEach((view) => view.built || build(view));
}

/// Shows what the filter lets through and says how much that is.
function apply_filter() {
  let cells = 0;
  let scenarios = 0;
  for (const view of matrices.views) {
    view.matching = matching_cells(view.scenario);
    view.section.hidden = view.matching.length === 0;
    cells += view.matching.length;
    scenarios += view.section.hidden ? 0 : 1;
    mark_matches(view);
  }
  document.querySelectorAll('.theme').forEach((theme) => {
    theme.hidden = !theme.querySelector('.scenario:not([hidden])');
  });
  document.getElementById('count').textContent = scenarios
    ? say('filter.count', cells, scenarios)
    : say('filter.nothing');
}

function choose(id, label, options, value, onchange) {
  return el(
    'div',
    {class: 'field'},
    el('label', {for: id}, label),
    el(
      'select',
      {id, onchange},
      ...options.map(([key, name]) => el('option', {value: key, selected: key === value}, name)),
    ),
  );
}

function filter_bar() {
  const change = (key) => (event) => {
    filter[key] = event.target.value;
    apply_filter();
  };
  const themes = data.themes.map((theme) => [theme.id, in_language(theme.name)]);
  const verdicts = kVerdicts.map((verdict) => [verdict, `${kMarks[verdict]} ${say(`verdict.${verdict}`)}`]);
  return el(
    'form',
    {class: 'filters', role: 'search', 'aria-label': say('filter.name'), onsubmit: (event) => event.preventDefault()},
    choose('filter-theme', say('filter.theme'), [['', say('filter.all')], ...themes], filter.theme, change('theme')),
    choose(
      'filter-verdict',
      say('filter.verdict'),
      [['', say('filter.all')], ...verdicts],
      filter.verdict,
      change('verdict'),
    ),
    el(
      'div',
      {class: 'field wide'},
      el('label', {for: 'filter-text'}, say('filter.text')),
      el('input', {
        id: 'filter-text',
        type: 'search',
        value: filter.text,
        placeholder: say('filter.example'),
        oninput: change('text'),
      }),
    ),
    el('output', {id: 'count', class: 'count', 'aria-live': 'polite', for: 'filter-theme filter-verdict filter-text'}),
  );
}

function legend() {
  const kinds = ['worked', 'in-use', 'refused'].map((kind) =>
    el('li', {class: `outcome ${kind}`}, say(`legend.${kind}`)),
  );
  const marks = kVerdicts.map((verdict) => el('li', {}, verdict_mark(verdict), ` ${say(`verdict.${verdict}`)}`));
  return el('ul', {class: 'legend', 'aria-label': say('legend.name')}, ...kinds, ...marks);
}

function matrices_view() {
  matrices.views = [];
  return el(
    'section',
    {id: 'view-matrices', class: 'view', 'aria-label': say('view.matrices')},
    filter_bar(),
    predict_bar(),
    legend(),
    ...data.themes.map(theme_section),
  );
}

function predict_bar() {
  const toggle = el(
    'button',
    {
      type: 'button',
      id: 'predict',
      class: 'switch',
      role: 'switch',
      'aria-checked': String(prediction.on),
      onclick: () => {
        start_predicting(!prediction.on);
        render();
      },
    },
    say('predict.first'),
  );
  if (!prediction.on) return el('div', {class: 'predict'}, toggle, el('p', {}, say('predict.invitation')));
  return el(
    'div',
    {class: 'predict on'},
    toggle,
    el('p', {}, say('predict.how')),
    el(
      'button',
      {type: 'button', id: 'reveal-all', class: 'plain', onclick: reveal_everything},
      say('predict.reveal_all'),
    ),
    el('output', {id: 'score', class: 'score', 'aria-live': 'polite'}),
  );
}

function reveal_everything() {
  reveal(data.scenarios);
  render();
}

function show_score() {
  const place = document.getElementById('score');
  if (!place) return;
  const score = score_of(data.cells);
  place.textContent = score.of ? say('predict.total', score.right, score.of) : '';
}
