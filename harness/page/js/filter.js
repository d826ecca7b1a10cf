// Which cells the viewer wants to see.

const filter = {theme: '', verdict: '', text: ''};
const haystacks = new Map();

function both(texts) {
  return Object.values(texts ?? {}).join(' ');
}

function haystack_of(scenario) {
  if (!haystacks.has(scenario)) {
    const theme = data.themes[scenario.theme];
    const words = [
      scenario.name,
      both(scenario.title),
      both(scenario.teaches),
      both(theme.name),
      (scenario.from ?? []).join(' '),
    ];
    haystacks.set(scenario, words.join(' ').toLowerCase());
  }
  return haystacks.get(scenario);
}

function has_text(cell, scenario, terms) {
  const shown = is_hidden(cell) ? '' : `${cell.outcome ?? ''} ${cell.seen ?? ''}`;
  const of_cell = `${cell.name} ${shown}`.toLowerCase();
  return terms.every((term) => of_cell.includes(term) || haystack_of(scenario).includes(term));
}

/// The cells of a scenario that the filter lets through. What is hidden is not told by filtering either.
function matching_cells(scenario) {
  if (filter.theme !== '' && data.themes[scenario.theme].id !== filter.theme) return [];
  const terms = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return cells_of(scenario).filter(
    (cell) =>
      (filter.verdict === '' || is_hidden(cell) || cell.verdict === filter.verdict) && has_text(cell, scenario, terms),
  );
}
