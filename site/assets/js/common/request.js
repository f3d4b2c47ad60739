// Asking the site for its own files: errors say where they come from, and what was asked for once is not asked for again.

/** A file that did not come. */
export class RequestError extends Error {
  /**
   * @param {string} address
   * @param {number} status What the server said; 0 where there was no answer.
   */
  constructor(address, status) {
    super(`${address} ${status}`);
    this.name = "RequestError";
    this.status = status;
  }
}

/**
 * @param {string | URL} address
 * @returns {Promise<Response>}
 */
async function request(address) {
  let answer;
  try {
    answer = await fetch(String(address));
  } catch {
    throw new RequestError(String(address), 0);
  }
  if (!answer.ok) throw new RequestError(String(address), answer.status);
  return answer;
}

/**
 * @param {string | URL} address
 * @returns {Promise<unknown>} Rejects with a RequestError where the file did not come.
 */
export async function fetchJson(address) {
  return (await request(address)).json();
}

/**
 * @param {string | URL} address
 * @returns {Promise<Uint8Array>} Rejects with a RequestError where the file did not come.
 */
export async function fetchBytes(address) {
  return new Uint8Array(await (await request(address)).arrayBuffer());
}

/**
 * Asks once for each key. A failed attempt is not kept: the next one asks again.
 *
 * @template T
 * @param {(key: string) => Promise<T>} ask
 * @returns {(key: string) => Promise<T>}
 */
export function oncePerKey(ask) {
  /** @type {Map<string, Promise<T>>} */
  const asked = new Map();
  return (key) => {
    let answer = asked.get(key);
    if (!answer) {
      answer = ask(key);
      asked.set(key, answer);
      answer.catch(() => asked.delete(key));
    }
    return answer;
  };
}

/**
 * Asks once. A failed attempt is not kept: the next one asks again.
 *
 * @template T
 * @param {() => Promise<T>} ask
 * @returns {() => Promise<T>}
 */
export function once(ask) {
  const asked = oncePerKey(ask);
  return () => asked("");
}
