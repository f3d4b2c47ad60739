// Texts as search compares them: the same as `jiebang.site.search.folding`, character by character.

/** Python's blank space. */
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;

/**
 * Traditional character → simplified one. What the texts hold comes with the manifest; the rest when it is needed.
 *
 * @type {Map<string, string>}
 */
const simplified = new Map();
/** @type {Set<() => void>} */
const forgetters = new Set();

/** @param {() => void} forget Called when texts fold otherwise than before. */
export function onLearning(forget) {
  forgetters.add(forget);
}

/** @param {string} pairs A traditional character and its simplified one, and so on. */
export function learnTraditional(pairs) {
  const letters = Array.from(pairs);
  for (let at = 0; at + 1 < letters.length; at += 2) simplified.set(letters[at], letters[at + 1]);
  forgetters.forEach((forget) => forget());
}

/**
 * @param {string} text
 * @returns {string} In one width, in small letters, simplified, each blank space one space.
 */
export function fold(text) {
  // A sigma at the end of a word is one all the same.
  const plain = text.normalize("NFKC").toLowerCase().replace(/\u03c2/g, "\u03c3");
  let folded = "";
  for (const letter of plain) folded += simplified.get(letter) || letter;
  return folded.replace(SPACES, " ");
}

/**
 * @param {string} text What was typed.
 * @returns {string[]} Its words, folded, each once.
 */
export function wordsOf(text) {
  return Array.from(new Set(fold(text).split(" "))).filter(Boolean);
}
