// A file instead of a pasted text: chosen with the keyboard or the mouse, or dropped onto the form. What reads it is fetched when one comes.
import { part } from "../common/element.js";

/**
 * @param {File} file
 * @param {number} most
 */
async function read(file, most) {
  const reading = await import("./file.js").catch(() => null);
  if (!reading) return { text: "", told: "没有取到读文件的程序，请检查网络后再试，或把企业的介绍粘贴进来。" };
  const { text, told } = await reading.descriptionOf(file, most);
  return { text, told: text ? `${file.name}：${told}` : told };
}

/**
 * @param {HTMLElement} form Where files can be dropped, with a field for a file and a place that tells how it went.
 * @param {number} most Characters that are taken.
 * @param {(text: string) => void} use
 */
export function onFile(form, most, use) {
  const input = part(form, "input[type=file]", HTMLInputElement);
  const status = part(form, "[data-match-read]", HTMLElement);
  let turn = 0;

  /** @param {FileList | null} files */
  async function take(files) {
    if (!files || !files.length) return;
    const mine = (turn += 1);
    status.textContent = "正在读文件……";
    const { text, told } = files.length > 1 ? { text: "", told: "一次只能读一个文件，请选其中一个。" } : await read(files[0], most);
    if (mine !== turn) return;
    // The same file may be chosen again once it was changed.
    input.value = "";
    status.textContent = told;
    if (text) use(text);
  }

  /** @param {boolean} isOver */
  const mark = (isOver) => form.classList.toggle("is-over", isOver);
  input.addEventListener("change", () => take(input.files));
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  });
  form.addEventListener("dragleave", () => mark(false));
  form.addEventListener("drop", (event) => {
    mark(false);
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}
