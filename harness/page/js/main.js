// Puts the page together, and follows the address: a view, a scenario or a cell.

function shown_view() {
  return document.querySelector('.view:not([hidden])')?.id.slice('view-'.length) ?? kViews[0];
}

function show_view(name) {
  kViews.forEach((view) => {
    document.getElementById(`view-${view}`).hidden = view !== name;
  });
  document.querySelectorAll('nav.views a').forEach((link) => {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  if (name === 'time-wait') draw_lesson();
}

function wanted_address() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

/// Shows what the address names. Unknown names show the matrices.
function follow_address() {
  const wanted = wanted_address();
  const cell = cells_by_name.get(wanted);
  if (cell) {
    lesson_cell = cell;
    return show_cell(cell);
  }
  hide_cell();
  opened.entries = 0;
  show_view(kViews.includes(wanted) ? wanted : kViews[0]);
  const scenario = scenarios_by_name.get(wanted);
  if (scenario) bring_into_view(matrices.views[scenario.index].section, 'start');
}

/// Makes everything anew, in the language and with the outcomes that are to be seen.
function render() {
  const focused = document.activeElement?.id;
  const view = shown_view();
  const height = window.scrollY;
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  document.querySelectorAll('body > :not(script, noscript)').forEach((node) => node.remove());
  const cell = opened.cell;
  opened.cell = null;
  document.body.prepend(
    skip_link(),
    page_head(),
    el('main', {id: 'main', tabindex: -1}, matrices_view(), claims_view(), lesson_view()),
    page_foot(),
    make_dialog(),
  );
  show_view(view);
  apply_filter();
  show_score();
  build_when_needed();
  window.scrollTo(0, height);
  if (cell) show_cell(cell);
  if (focused) document.getElementById(focused)?.focus();
}

check_places();
render();
follow_address();
window.addEventListener('hashchange', follow_address);
window.addEventListener('keydown', close_by_key);
window.addEventListener('beforeprint', build_all);
