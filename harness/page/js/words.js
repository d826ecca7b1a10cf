// The language of the page: its own words by id, and the texts of the data that exist in several.

const kLanguages = {en: 'English', zh: '简体中文'};
let language = first_language();

function first_language() {
  const wishes = [new URLSearchParams(location.search).get('lang'), document.documentElement.lang, navigator.language];
  for (const wish of wishes) {
    const short = (wish ?? '').slice(0, 2).toLowerCase();
    if (short in kLanguages) return short;
  }
  return 'en';
}

/// The word of the page with that id. One that is missing is an error of the page, and is told.
function say(id, ...values) {
  const word = data.words[language]?.[id];
  if (word === undefined) console.error(`timewait: no word "${id}" in ${language}`);
  return (word ?? data.words.en?.[id] ?? id).replace(/\{(\d)\}/g, (place, number) => values[number] ?? place);
}

/// A word if the page has one for this id, otherwise the text itself.
function say_or(id, otherwise) {
  return data.words[language]?.[id] === undefined ? otherwise : say(id);
}

/// One of {"en": ..., "zh": ...}; English where the language is missing.
function in_language(texts) {
  return texts?.[language] ?? texts?.en ?? '';
}

/// The same for the numbers of texts.
function text_in_language(numbers) {
  return text(in_language(numbers) === '' ? -1 : in_language(numbers));
}

/// "48.81 ms", or seconds for what takes long.
function time_text(microseconds) {
  if (Math.abs(microseconds) >= 10_000_000) return `${(microseconds / 1e6).toFixed(2)} s`;
  return `${(microseconds / 1e3).toFixed(2)} ms`;
}
