// The card of a demand as a picture: WeChat and most other programs send no SVG.
import { part } from "../common/element.js";
import { save } from "../export/download.js";

/** Pixels; 3:4 as the card. */
const WIDTH = 1200;
const HEIGHT = 1600;

/**
 * @param {HTMLImageElement} card
 * @returns {Promise<HTMLCanvasElement>} Rejects where the card does not come.
 */
async function drawn(card) {
  card.loading = "eager";
  await card.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.drawImage(card, 0, 0, WIDTH, HEIGHT);
  return canvas;
}

/**
 * Saves the card that stands beside a button. It also takes the SVG's place on the page: where nothing can be downloaded, as within
 * WeChat, a long press keeps it.
 *
 * @param {HTMLElement} panel
 * @param {string} name Of the file, without its ending.
 * @returns {Promise<void>} Rejects where the card does not come.
 */
export async function saveCard(panel, name) {
  const card = part(panel, "img", HTMLImageElement);
  const canvas = await drawn(card);
  /** @type {Blob | null} */
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!picture) throw new Error("no picture");
  card.src = canvas.toDataURL("image/png");
  save(picture, `${name}.png`);
}
