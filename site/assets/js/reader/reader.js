// Asks the program in the worker, one file after the other, and ends a worker that takes too long.

/** @import { Answer } from "./types.js" */

/** Milliseconds for one file, once the program runs: as on a desk. */
const MOST = 90000;
const DAMAGED = {
  message: "读这个文件时超出了内存或时间的限制，已停止。",
  hint: "正常的表格几秒钟就能读完；请用 Word 或 Excel 打开后另存一份再试。",
};
const ABSENT = {
  message: "没有取到读表格的程序，或这个浏览器运行不了它。",
  hint: "检查网络后刷新本页再试；太旧的浏览器请升级到近两年的版本，或把 Word、Excel 表格交给本区主管部门。",
};
const OLD = {
  message: "这个浏览器版本太旧，运行不了读表格的程序。",
  hint: "请换用近两年的浏览器再试；也可以直接在网页上填写，或把 Word、Excel 表格交给本区主管部门。",
};

export class Reader {
  /**
   * @param {string} script address of the worker
   * @param {string} listed address of `assets/reader.json`
   * @param {(done: number, total: number) => void} progress bytes that came, of how many
   */
  constructor(script, listed, progress) {
    this.script = script;
    this.listed = listed;
    this.progress = progress;
    /** @type {Worker | null} */
    this.worker = null;
    this.last = 0;
    /** The one before: files are read one after the other. */
    this.queue = Promise.resolve();
  }

  start() {
    return this.worker || (this.worker = new Worker(this.script, { type: "module" }));
  }

  /** Lets the program start before a file comes, where the browser has it. */
  prepare() {
    if (!this.worker) this.start().postMessage({ listed: this.listed });
  }

  /**
   * @param {string} request
   * @param {object} asked
   * @param {Uint8Array} bytes
   * @returns {Promise<Answer>}
   */
  ask(request, asked, bytes) {
    const answer = this.queue.then(() => this.askNow(request, asked, bytes));
    this.queue = answer.then(() => {});
    return answer;
  }

  /**
   * @param {string} request
   * @param {object} asked
   * @param {Uint8Array} bytes
   * @returns {Promise<Answer>} never rejects
   */
  askNow(request, asked, bytes) {
    const worker = this.start();
    const id = (this.last += 1);
    return new Promise((resolve) => {
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      /** @param {Answer} answer @param {boolean} [isBroken] */
      const end = (answer, isBroken) => {
        clearTimeout(timer);
        worker.onmessage = worker.onerror = null;
        if (isBroken) {
          worker.terminate();
          this.worker = null;
        }
        resolve(answer);
      };
      worker.onerror = () => end({ error: ABSENT }, true);
      worker.onmessage = ({ data }) => {
        if (data.progress) this.progress(data.progress.done, data.progress.total);
        else if (data.began) timer = setTimeout(() => end({ error: DAMAGED }, true), MOST);
        else if (data.isOld) end({ error: OLD }, true);
        else if (data.failed !== undefined) end({ error: timer === undefined ? ABSENT : DAMAGED }, true);
        else if (data.id === id) end(/** @type {Answer} */ (JSON.parse(data.answer)));
      };
      worker.postMessage({ id, listed: this.listed, request, asked: JSON.stringify(asked), bytes });
    });
  }
}
