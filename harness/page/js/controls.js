// The head of the page: what run this is, the views, language, colours and size of the type.

const kThemes = ['system', 'light', 'dark'];
const kSizes = ['normal', 'large', 'huge'];
const kViews = ['matrices', 'claims', 'time-wait'];
const look = {theme: 'system', size: 'normal'};

function set_look(key, value) {
  look[key] = value;
  document.documentElement.dataset[key] = value;
}

function set_language(next) {
  language = next;
  try {
    const address = new URL(location.href);
    address.searchParams.set('lang', next);
    history.replaceState(null, '', address);
  } catch {
    /* a page opened from disk may not change its address */
  }
  render();
}

function small_choice(id, label, options, value, onchange) {
  return el(
    'label',
    {class: 'small-choice', for: id},
    el('span', {}, label),
    el(
      'select',
      {id, onchange: (event) => onchange(event.target.value)},
      ...options.map(([key, words]) => el('option', {value: key, selected: key === value}, words)),
    ),
  );
}

function controls() {
  return el(
    'div',
    {class: 'controls', role: 'group', 'aria-label': say('look.name')},
    small_choice('language', say('look.language'), Object.entries(kLanguages), language, set_language),
    small_choice(
      'theme',
      say('look.theme'),
      kThemes.map((one) => [one, say(`look.${one}`)]),
      look.theme,
      (value) => set_look('theme', value),
    ),
    small_choice(
      'size',
      say('look.size'),
      kSizes.map((one) => [one, say(`look.${one}`)]),
      look.size,
      (value) => set_look('size', value),
    ),
    el('button', {type: 'button', class: 'plain', onclick: () => window.print()}, say('look.print')),
  );
}

function verdict_counts() {
  const counts = new Map();
  data.cells.forEach((cell) => counts.set(cell.verdict, (counts.get(cell.verdict) ?? 0) + 1));
  return kVerdicts
    .filter((verdict) => counts.has(verdict))
    .map((verdict) => el('li', {}, verdict_mark(verdict), ` ${counts.get(verdict)} ${say(`verdict.${verdict}`)}`));
}

function left_out_words() {
  const left_out = Object.entries(data.run.left_out ?? {});
  return left_out.length ? say('run.left_out', left_out.map(([tag, count]) => `${tag} ${count}`).join(', ')) : null;
}

function run_words() {
  const {kernel, isolation, started, version} = data.run;
  const facts = [
    kernel && `Linux ${kernel}`,
    started,
    isolation,
    version && `timewait ${version}`,
    left_out_words(),
    data.run.not_run && say('run.interrupted', data.run.cells, data.run.cells + data.run.not_run),
  ].filter(Boolean);
  const sysctls = Object.entries(data.run.sysctls ?? {});
  return el(
    'div',
    {class: 'run'},
    el(
      'ul',
      {class: 'counts', 'aria-label': say('run.counts')},
      el('li', {}, say('run.cells', data.cells.length, data.scenarios.length)),
      ...verdict_counts(),
    ),
    el('p', {class: 'hint'}, facts.join(' · ')),
    sysctls.length
      ? el(
          'details',
          {},
          el('summary', {}, say('run.sysctls')),
          el(
            'ul',
            {class: 'sysctls'},
            ...sysctls.map(([name, value]) => el('li', {}, el('code', {}, `${name} = ${value}`))),
          ),
        )
      : null,
  );
}

function navigation() {
  const link = (view) => el('a', {href: `#${view}`, 'data-view': view}, say(`view.${view}`));
  return el('nav', {class: 'views', 'aria-label': say('view.name')}, ...kViews.map(link));
}

function page_head() {
  return el(
    'header',
    {class: 'page-head'},
    el(
      'div',
      {class: 'top'},
      el('div', {}, el('h1', {}, 'timewait'), el('p', {class: 'lead'}, say('page.lead'))),
      controls(),
    ),
    run_words(),
    navigation(),
  );
}

function page_foot() {
  return el('footer', {class: 'page-foot'}, el('p', {}, say('page.foot')));
}

function skip_link() {
  return el(
    'a',
    {
      class: 'skip-link',
      href: '#main',
      onclick: (event) => {
        event.preventDefault();
        document.getElementById('main').focus();
      },
    },
    say('page.skip'),
  );
}
