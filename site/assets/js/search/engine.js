// Finds every demand whose public text contains what was typed, without loading the texts: the lists of a few pieces of each
// word are fetched and compared. How the files are laid out is told in the generator, in `jiebang.site.search`.
import { fetchBytes, fetchJson, once, oncePerKey } from "../common/request.js";
import { listOf, OF_DEMANDS, readDemands, readLines, readPlaces, readStart, readTable } from "./encoding.js";
import { learnTraditional, wordsOf } from "./fold.js";
import { inHalves, offersFor, standsAlone, Synonyms, wordsApart } from "./offers.js";
import { titlesThatSound } from "./pinyin.js";
import { coverOf, demandsAt, follow, ranked } from "./postings.js";
import { suggestionFor } from "./suggestions.js";

/** @import { Offer, RawGroup } from "./offers.js" */

/**
 * The manifest of the index (`jiebang.site.search.index`).
 *
 * @typedef {object} Manifest
 * @property {string} folder Where the other files stand, relative to the manifest.
 * @property {number} demands How many there are.
 * @property {Record<"pieces" | "long" | "pinyin" | "words", number>} files How many files there are of each kind.
 * @property {number} longest Characters of the longest piece.
 * @property {number} block Places to which the beginnings of texts are rounded.
 * @property {string} traditional Pairs of characters, as `learnTraditional` takes them.
 */

/**
 * @typedef {object} Answer
 * @property {string[]} words What was typed, folded.
 * @property {number[]} hits Numbers of demands, best first.
 * @property {boolean} exact
 * @property {"all" | "text" | "pinyin" | "none"} how By what they were found.
 * @property {number[]} pinyin Those whose title only sounds like what was typed.
 * @property {string | null} suggestion What else may have been meant.
 * @property {Offer[]} offers What else may be looked for; none of it is among the hits.
 */

/**
 * @param {string} piece
 * @returns {number} The hash by which a piece's file is chosen (FNV-1a, mixed).
 */
export function hashOf(piece) {
  let hash = 2166136261;
  for (const letter of piece) hash = Math.imul(hash ^ /** @type {number} */ (letter.codePointAt(0)), 16777619);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * @param {string[]} words
 * @param {number[]} hits
 * @param {Answer["how"]} how
 * @param {number[]} [pinyin]
 * @returns {Answer}
 */
function answer(words, hits, how, pinyin = []) {
  return { words, hits, exact: how !== "pinyin", how, pinyin, suggestion: null, offers: [] };
}

export class Engine {
  /**
   * @param {URL} folder
   * @param {Manifest} manifest
   */
  constructor(folder, manifest) {
    this.manifest = manifest;
    /** @param {string} name */
    const file = (name) => fetchBytes(new URL(name, folder));
    this.tableNamed = oncePerKey(async (name) => readTable(await file(name)));
    /** A file of numbers and lines. */
    this.lines = oncePerKey(async (name) => readLines(await file(name)));
    this.start = once(async () => readStart(await file("start.bin"), manifest.block));
    this.synonyms = once(async () => new Synonyms(/** @type {RawGroup[]} */ (await fetchJson(new URL("synonyms.json", folder)))));
    /** No text holds a traditional character after folding, so the whole table is fetched only when Han characters found nothing. */
    this.learnTraditional = once(async () => learnTraditional(String(await fetchJson(new URL("traditional.json", folder)))));
  }

  /**
   * One of the files of a kind.
   *
   * @param {keyof Manifest["files"]} kind
   * @param {number} number
   */
  table(kind, number) {
    return this.tableNamed(`${kind}-${number % this.manifest.files[kind]}.bin`);
  }

  /**
   * @param {"demands" | "places" | "long"} kind
   * @param {string} piece
   */
  async list(kind, piece) {
    const sections = await this.table(kind === "long" ? "long" : "pieces", hashOf(piece));
    return listOf(sections, Array.from(piece).length + (kind === "demands" ? OF_DEMANDS : 0), piece);
  }

  /**
   * @param {string} word
   * @returns {Promise<Uint8Array>} As of `readDemands`.
   */
  async word(word) {
    const count = this.manifest.demands;
    if (!count) return new Uint8Array(0);
    const start = await this.start();
    const letters = Array.from(word);
    const cover = letters.length === 1 ? [] : coverOf(letters, start.common, this.manifest.longest);
    if (!cover.length) return readDemands(await this.list("demands", word), count);
    const lists = await Promise.all(
      cover.map(async ({ from, piece, kind }) => ({ from, list: readPlaces(await this.list(kind, piece)) })),
    );
    return demandsAt(follow(lists), lists, start.starts, count);
  }

  /**
   * @param {string[]} words
   * @returns {Promise<number[]>} Those that have every word, best first.
   */
  async hits(words) {
    return ranked(await Promise.all(words.map((word) => this.word(word))), this.manifest.demands);
  }

  /**
   * @param {string} text
   * @returns {Promise<{ words: string[], hits: number[] }>}
   */
  async plain(text) {
    const words = wordsOf(text);
    const hits = await this.hits(words);
    if (hits.length || !/[^\x00-\u2fff]/.test(words.join(""))) return { words, hits };
    await this.learnTraditional();
    const folded = wordsOf(text);
    return folded.join(" ") === words.join(" ") ? { words, hits } : { words: folded, hits: await this.hits(folded) };
  }

  /**
   * @param {string[]} words As of `wordsApart`.
   * @returns {Promise<Offer[]>} Their search, where some demand has each of them, and by itself what would be a piece of many others.
   */
  async offerApart(words) {
    const mets = await Promise.all(words.map((word) => this.word(word)));
    const hits = ranked(mets, this.manifest.demands);
    const isMeant = hits.some((demand) => mets.every((met, at) => !standsAlone(words[at]) || met[demand] > 1));
    return isMeant ? [{ text: words.join(" "), hits }] : [];
  }

  /**
   * Those whose text holds every word, best first; apart from them those whose title sounds like it, and other words for what was typed;
   * where there is nothing of it, what else may have been meant.
   *
   * @param {string} text
   * @returns {Promise<Answer>}
   */
  async query(text) {
    const { words: typed, hits } = await this.plain(text);
    if (!typed.length) return answer(typed, hits, "all");
    const apart = hits.length ? [] : wordsApart(text);
    const words = apart.length ? apart : typed;
    const known = new Set(hits);
    const others = (await titlesThatSound(this, words)).filter((demand) => !known.has(demand));
    const found = hits.length ? answer(typed, hits, "text", others) : answer(typed, others, others.length ? "pinyin" : "none", others);
    const written = words.join(" ") === typed.join(" ") ? [] : await this.offerApart(words);
    found.offers = [...written, ...(await offersFor(this, words, [...found.hits, ...written.flatMap((offer) => offer.hits)]))];
    if (found.hits.length) return found;
    found.suggestion = await suggestionFor(this, words);
    if (!found.suggestion && !found.offers.length) found.offers = await inHalves(this, words);
    return found;
  }
}

/**
 * @param {string} address The manifest's.
 * @returns {Promise<Engine>}
 */
export async function openIndex(address) {
  const base = new URL(address, document.baseURI);
  const manifest = /** @type {Manifest} */ (await fetchJson(base));
  learnTraditional(manifest.traditional);
  return new Engine(new URL(manifest.folder, base), manifest);
}
