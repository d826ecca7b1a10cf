// How outcomes and verdicts look: a mark, a word and a colour, never the colour alone.

const kMarks = {pass: '✓', fail: '✗', inconclusive: '?', skip: '–', error: '!'};
const kVerdicts = Object.keys(kMarks);

/// "worked", "in-use" or "refused"; "none" where nothing was tried.
function kind_of(outcome) {
  if (!outcome) return 'none';
  if (outcome.endsWith(':EADDRINUSE')) return 'in-use';
  return /:E[A-Z0-9]+$/.test(outcome) ? 'refused' : 'worked';
}

/// bind() is the rule, so its errors stand alone.
function short_outcome(outcome) {
  return outcome.replace(/^bind:(?=E)/, '');
}

/// What a cell says of itself when it hides nothing.
function outcome_text(cell) {
  return cell.outcome ? short_outcome(cell.outcome) : say(`verdict.${cell.verdict}`);
}

function verdict_mark(verdict) {
  return el('span', {class: `mark ${verdict}`, 'aria-hidden': 'true'}, kMarks[verdict] ?? '!');
}

/// "✓ pass" as a small label.
function verdict_badge(verdict) {
  return el('span', {class: `badge ${verdict}`}, verdict_mark(verdict), ` ${say(`verdict.${verdict}`)}`);
}

function outcome_badge(outcome) {
  return el('span', {class: `outcome ${kind_of(outcome)}`}, outcome || '–');
}
