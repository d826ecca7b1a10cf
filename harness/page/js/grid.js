// A matrix is one stop of the tab key; the arrow keys walk in it.

const kMoves = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

function button_at(table, row, column) {
  return table.querySelector(`button[data-row="${row}"][data-column="${column}"]`);
}

/// Makes one cell the stop of the tab key, with the small button beside it while predicting.
function make_stop(table, button) {
  table.querySelectorAll('td button').forEach((other) => {
    other.tabIndex = other.parentNode === button.parentNode ? 0 : -1;
  });
}

function focus_in_grid(table, button) {
  make_stop(table, button);
  button.focus();
}

/// The next cell in a direction that has a button; null at the edge.
function neighbour(table, button, [down, right]) {
  let row = Number(button.dataset.row) + down;
  let column = Number(button.dataset.column) + right;
  const rows = Number(table.dataset.rows);
  const columns = Number(table.dataset.columns);
  for (; row >= 0 && column >= 0 && row < rows && column < columns; row += down, column += right) {
    const found = button_at(table, row, column);
    if (found) return found;
  }
  return null;
}

function end_of_row(table, button, last) {
  const inside = [...table.querySelectorAll(`button[data-row="${button.dataset.row}"]`)];
  return last ? inside.at(-1) : inside[0];
}

function walk_grid(event) {
  const table = event.currentTarget;
  const button = event.target.closest('button[data-row]');
  if (!button || event.ctrlKey || event.altKey || event.metaKey) return;
  const move = kMoves[event.key];
  const target = move
    ? neighbour(table, button, move)
    : event.key === 'Home' || event.key === 'End'
      ? end_of_row(table, button, event.key === 'End')
      : undefined;
  if (target === undefined) return;
  event.preventDefault();
  if (target) focus_in_grid(table, target);
}
