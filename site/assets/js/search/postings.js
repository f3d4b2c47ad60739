// From lists of places to demands: which pieces cover a word, where they follow each other, and in which order demands are listed.

/** @import { Places } from "./encoding.js" */

/**
 * A piece of a word; `kind` says where its list stands: of places, or of very many places.
 *
 * @typedef {{ from: number, piece: string, kind: "places" | "long" }} Cover
 */

/** @typedef {{ from: number, list: Places }} PlacedList The list of a piece, and where in the word the piece stands. */

/**
 * @param {string[]} letters Of a word of two and more characters.
 * @param {Set<string>} common Pieces too common to list all their places.
 * @param {number} longest Characters of the longest piece.
 * @returns {Cover[]} The pieces that cover the word; none where the word itself is common.
 */
export function coverOf(letters, common, longest) {
  const count = letters.length;
  /** @type {(from: number, to: number) => boolean} */
  const isCommon = (from, to) => to - from <= longest && common.has(letters.slice(from, to).join(""));
  if (isCommon(0, count)) return [];
  // The last piece: the shortest up to the end that is not common.
  let last = count - 2;
  while (count - last < longest && isCommon(last, count)) last -= 1;
  /** @type {[from: number, to: number][]} */
  const spans = [];
  let from = 0;
  while (from < last) {
    let to = from + 2;
    while (to - from < longest && isCommon(from, to)) to += 1;
    spans.push([from, to]);
    if (to >= count) break;
    from = to;
  }
  if (!spans.length || spans[spans.length - 1][1] < count) spans.push([last, count]);
  return spans.map(([start, end]) => ({
    from: start,
    piece: letters.slice(start, end).join(""),
    kind: isCommon(start, end) ? "long" : "places",
  }));
}

/**
 * @param {PlacedList[]} lists
 * @returns {number[]} The places of the word: where every piece stands at its distance.
 */
export function follow(lists) {
  const [shortest, ...rest] = lists.slice().sort((one, other) => one.list.places.length - other.list.places.length);
  let places = shortest.list.places.map((place) => place - shortest.from);
  rest.forEach(({ from, list }) => {
    const others = list.places;
    let at = 0;
    places = places.filter((place) => {
      while (at < others.length && others[at] < place + from) at += 1;
      return others[at] === place + from;
    });
  });
  return places;
}

/**
 * @param {Places} list
 * @param {number} place One that is in the list.
 */
function edgeAt(list, place) {
  let low = 0;
  let high = list.places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list.places[middle] < place) low = middle + 1;
    else high = middle;
  }
  return list.edges[low];
}

/**
 * @param {number[]} places Of the word.
 * @param {PlacedList[]} lists Of its pieces, in their order.
 * @param {Uint32Array} starts Where texts begin: those of titles first, then those of the rest.
 * @param {number} count How many demands there are.
 * @returns {Uint8Array} As of `readDemands`.
 */
export function demandsAt(places, lists, starts, count) {
  const met = new Uint8Array(count);
  const [first] = lists;
  const last = lists[lists.length - 1];
  let text = 0;
  places.forEach((place) => {
    while (starts[text + 1] <= place) text += 1;
    const whole = edgeAt(first.list, place) & 1 && edgeAt(last.list, place + last.from) & 2 ? 1 : 0;
    const demand = text % count;
    met[demand] = Math.max(met[demand], 1 + (text < count ? 2 : 0) + whole);
  });
  return met;
}

/**
 * @param {Uint8Array[]} mets For each word as of `readDemands`.
 * @param {number} count How many demands there are.
 * @returns {number[]} Those that have every word: words in the title first, then whole words, then the order of the list, where open
 *   ones come first.
 */
export function ranked(mets, count) {
  const most = mets.length;
  /** @type {number[][]} */
  const rows = [];
  for (let demand = 0; demand < count; demand += 1) {
    if (!mets.every((met) => met[demand])) continue;
    const titles = mets.filter((met) => met[demand] > 2).length;
    const wholes = mets.filter((met) => met[demand] % 2 === 0).length;
    const row = (most - titles) * (most + 1) + most - wholes;
    (rows[row] = rows[row] || []).push(demand);
  }
  return rows.flat();
}
