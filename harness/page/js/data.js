// What the page shows, read once, and the ways to find something in it.

const data = JSON.parse(document.getElementById('data').textContent);

data.cells.forEach((cell, index) => {
  cell.index = index;
});
data.scenarios.forEach((scenario, index) => {
  scenario.index = index;
});

/// A text that is kept once, by its number; empty for -1.
function text(number) {
  return number === undefined || number === null || number < 0 ? '' : data.texts[number];
}

/// "server-closes-first/first=plain,rebind=plain": how a cell is named on the command line and in links.
function name_of(cell) {
  const scenario = data.scenarios[cell.scenario];
  return cell.name ? `${scenario.name}/${cell.name}` : scenario.name;
}

const cells_by_name = new Map(data.cells.map((cell) => [name_of(cell), cell]));
const scenarios_by_name = new Map(data.scenarios.map((scenario) => [scenario.name, scenario]));

/// The cells of a scenario in the order of its matrix.
function cells_of(scenario) {
  return scenario.cells
    .flat()
    .filter((index) => index !== null)
    .map((index) => data.cells[index]);
}

function link_to(name) {
  return `#${encodeURI(name)}`;
}
