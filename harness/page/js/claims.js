// The claims ledger: what people say, what the records say to it, and the cells behind it.

function claim_cell([name, agreement, outcome]) {
  const cell = cells_by_name.get(name);
  const hidden = cell ? is_hidden(cell) : prediction.on;
  const words = el('code', {}, name);
  return el(
    'li',
    {},
    cell ? el('a', {href: link_to(name)}, words) : words,
    hidden
      ? null
      : el(
          'span',
          {class: 'finding'},
          outcome ? outcome_badge(outcome) : null,
          ` ${say_or(`agreement.${agreement.replace(/ /g, '_')}`, agreement)}`,
        ),
  );
}

function claim_is_hidden(claim) {
  return claim.cells.some(([name]) => {
    const cell = cells_by_name.get(name);
    return cell ? is_hidden(cell) : prediction.on;
  });
}

function claim_item(claim) {
  const hidden = claim_is_hidden(claim);
  const id = `claim-${claim.id}`;
  return el(
    'article',
    {class: 'claim', 'aria-labelledby': id},
    el(
      'div',
      {class: 'said'},
      el('p', {class: 'name'}, el('code', {}, claim.id), ` ${in_language(claim.from)}`),
      el('h3', {id}, in_language(claim.says)),
    ),
    el(
      'div',
      {class: 'judged'},
      hidden
        ? el('p', {class: 'hint'}, say('claims.hidden'))
        : [
            el(
              'p',
              {},
              claim_badge(claim.verdict),
              claim.condition ? el('span', {class: 'condition'}, ` ${in_language(claim.condition)}`) : null,
            ),
            el('p', {class: 'truth'}, in_language(claim.truth)),
          ],
      claim.cells.length
        ? el(
            'details',
            {},
            el('summary', {}, say('claims.cells', claim.cells.length)),
            el('ul', {class: 'cells'}, ...claim.cells.map(claim_cell)),
          )
        : null,
    ),
  );
}

const kClaimMarks = {holds: '✓', holds_only_if: '◐', fails: '✗', open: '○', unexplained: '!'};

function claim_badge(verdict) {
  const id = verdict.replace(/ /g, '_');
  return el(
    'span',
    {class: `badge claim-${id}`},
    el('span', {'aria-hidden': 'true'}, `${kClaimMarks[id] ?? '?'} `),
    say_or(`claim.${id}`, verdict),
  );
}

function claims_count() {
  const counts = new Map();
  (data.claims ?? []).forEach((claim) => counts.set(claim.verdict, (counts.get(claim.verdict) ?? 0) + 1));
  const known = Object.keys(kClaimMarks)
    .map((id) => id.replace(/_/g, ' '))
    .filter((verdict) => counts.has(verdict));
  return el(
    'ul',
    {class: 'claim-counts'},
    ...known.map((verdict) => el('li', {}, claim_badge(verdict), ` ${counts.get(verdict)}`)),
  );
}

function claims_view() {
  return el(
    'section',
    {id: 'view-claims', class: 'view', 'aria-labelledby': 'claims-title', hidden: true},
    el('h2', {id: 'claims-title'}, say('claims.heading')),
    el('p', {class: 'lead'}, say('claims.lead')),
    prediction.on ? null : claims_count(),
    ...(data.claims ?? []).map(claim_item),
  );
}
