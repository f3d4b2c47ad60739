// What readers do with a demand's page beside reading it: copy, share, print.
import { copyText } from "../common/clipboard.js";
import { dataOf, part, parts } from "../common/element.js";

/** Milliseconds for which the answer to a button stands there. */
const SAID = 4000;

/**
 * @param {HTMLElement} button
 * @param {string} text
 */
function say(button, text) {
  const status = part(/** @type {HTMLElement} */ (button.parentNode), "[role=status]", HTMLElement);
  status.textContent = text;
  setTimeout(() => {
    status.textContent = "";
  }, SAID);
}

/** The page's address, without what is said behind it. */
function pageAddress() {
  return location.href.split("#")[0].split("?")[0];
}

/** @param {HTMLElement} button */
function setUpCopy(button) {
  button.addEventListener("click", async () => {
    const address = "copyAddress" in button.dataset ? `\n${pageAddress()}` : "";
    try {
      await copyText(dataOf(button, "copy") + address);
    } catch {
      say(button, "没有复制成功，请长按选中后复制");
      return;
    }
    say(button, "已复制");
    button.focus();
  });
}

/** @param {HTMLElement} button */
function setUpShare(button) {
  // eslint-disable-next-line site/not-in-oldest-browsers -- where it is not known, nothing is offered
  const share = navigator.share && navigator.share.bind(navigator);
  if (!share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    // A reader who closes the sheet has changed their mind; nothing is to be said.
    share({ title: button.dataset.share, url: pageAddress() }).catch(() => {});
  });
}

/** @param {HTMLElement} button */
function setUpCard(button) {
  button.addEventListener("click", async () => {
    try {
      const { saveCard } = await import("../demand/card-picture.js");
      await saveCard(/** @type {HTMLElement} */ (button.closest("details")), `需求卡片-${dataOf(button, "card")}`);
    } catch {
      say(button, "没有生成图片，请检查网络后再试");
      return;
    }
    say(button, "已生成；没有开始下载的，请长按卡片保存");
  });
}

parts(document, "[data-copy]").forEach(setUpCopy);
parts(document, "[data-share]").forEach(setUpShare);
parts(document, "[data-card]").forEach(setUpCard);
parts(document, "[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
