// Predict first: what the viewer guessed, and what is shown already. Nothing of it leaves the page.

const prediction = {on: false, guesses: new Map(), revealed: new Set()};

/// Whether outcomes, marks, colours and explanations of a scenario must not be seen now, its lesson neither.
function is_secret(scenario) {
  return prediction.on && !prediction.revealed.has(scenario.index);
}

function is_hidden(cell) {
  return is_secret(data.scenarios[cell.scenario]);
}

/// What can be guessed in a scenario, in an order that tells nothing.
function choices_of(scenario) {
  const outcomes = new Set(
    cells_of(scenario)
      .map((cell) => cell.outcome)
      .filter(Boolean),
  );
  const about_binding = [...outcomes].some((outcome) => outcome === 'bound' || outcome.startsWith('bind:E'));
  if (about_binding || outcomes.size === 0) ['bound', 'bind:EADDRINUSE'].forEach((outcome) => outcomes.add(outcome));
  if (outcomes.size < 2) outcomes.add(''); // something else
  const rank = (outcome) => ['bound', 'bind:EADDRINUSE'].indexOf(outcome) + 1 || (outcome === '' ? 9 : 3);
  return [...outcomes].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

function choice_text(choice) {
  return choice === '' ? say('predict.other') : short_outcome(choice);
}

function guess(cell, choice) {
  if (choice === undefined) prediction.guesses.delete(cell.index);
  else prediction.guesses.set(cell.index, choice);
}

/// The next choice, and none after the last one.
function guess_next(cell) {
  const choices = choices_of(data.scenarios[cell.scenario]);
  guess(cell, choices[choices.indexOf(prediction.guesses.get(cell.index)) + 1]);
}

/// null as long as there is nothing to compare, and for outcomes that cannot be believed.
function is_right(cell) {
  if (!prediction.on || is_hidden(cell) || !prediction.guesses.has(cell.index)) return null;
  if (!['pass', 'fail'].includes(cell.verdict)) return null;
  const guessed = prediction.guesses.get(cell.index);
  return guessed === '' ? !choices_of(data.scenarios[cell.scenario]).includes(cell.outcome) : guessed === cell.outcome;
}

function score_of(cells) {
  const answers = cells.map(is_right).filter((answer) => answer !== null);
  return {right: answers.filter(Boolean).length, of: answers.length};
}

function reveal(scenarios) {
  scenarios.forEach((scenario) => prediction.revealed.add(scenario.index));
}

function start_predicting(on) {
  prediction.on = on;
  prediction.guesses.clear();
  prediction.revealed.clear();
}
