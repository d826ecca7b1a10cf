// The sheet in which a cell opens, its link, and the way back.

const opened = {dialog: null, cell: null, entries: 0};

function neighbour_link(cell, step) {
  const cells = cells_of(data.scenarios[cell.scenario]);
  const other = cells[cells.indexOf(cell) + step];
  const words = say(step < 0 ? 'cell.previous' : 'cell.next');
  return el(
    'button',
    {
      type: 'button',
      class: 'icon',
      'aria-label': words,
      title: words,
      disabled: !other,
      onclick: () => {
        location.replace(link_to(name_of(other)));
      },
    },
    step < 0 ? '‹' : '›',
  );
}

function values_list(cell) {
  if (!cell.name) return null;
  return el('ul', {class: 'values'}, ...cell.name.split(',').map((one) => el('li', {}, one.replace('=', ' = '))));
}

function cell_head(cell) {
  const scenario = data.scenarios[cell.scenario];
  return el(
    'header',
    {class: 'cell-head'},
    el(
      'div',
      {class: 'titles'},
      el('p', {class: 'name'}, el('a', {href: link_to(name_of(cell))}, el('code', {}, name_of(cell)))),
      el('h2', {id: 'cell-title'}, in_language(scenario.title)),
      values_list(cell),
      el('p', {class: 'teaches', hidden: is_secret(scenario)}, in_language(scenario.teaches)),
    ),
    el(
      'div',
      {class: 'buttons'},
      neighbour_link(cell, -1),
      neighbour_link(cell, 1),
      el(
        'button',
        {
          type: 'button',
          class: 'icon',
          id: 'close-cell',
          'aria-label': say('cell.close'),
          title: say('cell.close'),
          onclick: close_cell,
        },
        '×',
      ),
    ),
  );
}

/// Where there is room the sheet stands beside the matrix, which stays in reach; else it lies over it.
const kRoomBeside = window.matchMedia('(min-width: 1500px)');

function show_dialog(dialog) {
  if (dialog.open) return false;
  const is_beside = kRoomBeside.matches;
  if (is_beside) dialog.show();
  else dialog.showModal();
  document.documentElement.classList.add('has-cell', is_beside ? 'beside' : 'over');
  return true;
}

/// Marks the open cell in its matrix; null marks none.
function mark_open(cell, block) {
  document.querySelectorAll('button[aria-current]').forEach((button) => button.removeAttribute('aria-current'));
  if (!cell || document.getElementById('view-matrices').hidden) return;
  const view = matrices.views[cell.scenario];
  if (!view.built) build(view);
  const button = view.place.querySelector(`button[data-cell="${cell.index}"]`);
  button?.setAttribute('aria-current', 'true');
  if (button && document.documentElement.classList.contains('beside')) bring_into_view(button, block);
}

/// Fills the sheet; it opens if it is not open.
function show_cell(cell) {
  const dialog = opened.dialog;
  opened.cell = cell;
  dialog.replaceChildren(
    el('article', {class: 'sheet'}, cell_head(cell), el('div', {class: 'parts'}, ...cell_parts(cell))),
  );
  dialog.scrollTop = 0;
  const is_new = show_dialog(dialog);
  mark_open(cell, is_new ? 'center' : 'nearest');
  document.getElementById('close-cell').focus({preventScroll: true});
}

function hide_cell() {
  if (!opened.cell) return;
  const cell = opened.cell;
  opened.cell = null;
  opened.dialog.close();
  opened.dialog.replaceChildren();
  document.documentElement.classList.remove('has-cell', 'beside', 'over');
  mark_open(null);
  if (!document.getElementById('view-matrices').hidden) focus_cell(cell);
}

/// Opens by the link, so that it can be shared and the back button closes it.
function open_cell(cell) {
  if (opened.cell) return location.replace(link_to(name_of(cell)));
  opened.entries += 1;
  location.hash = link_to(name_of(cell));
}

function close_cell() {
  if (opened.entries > 0) {
    opened.entries = 0;
    history.back();
  } else {
    location.hash = `#${shown_view()}`;
  }
}

function make_dialog() {
  opened.dialog = el('dialog', {
    id: 'cell',
    'aria-labelledby': 'cell-title',
    oncancel: (event) => {
      event.preventDefault();
      close_cell();
    },
    onclick: (event) => {
      if (event.target === opened.dialog) close_cell();
    },
  });
  return opened.dialog;
}

/// A sheet beside the matrix has no Escape of its own.
function close_by_key(event) {
  const is_beside = document.documentElement.classList.contains('beside');
  if (event.key === 'Escape' && is_beside && opened.cell) close_cell();
}
