// Hands a list of demands over as a file. What makes tables is fetched when somebody asks for one.
import { today } from "../common/days.js";
import { element } from "../common/element.js";
import { once, RequestError } from "../common/request.js";

/** @import { Demand } from "../demand/demand.js" */

/** The list and the whole catalogue are different files: between the two a new build may have come. */
export class StaleError extends Error {}

const makers = once(async () => {
  try {
    return await import("./table.js");
  } catch {
    throw new RequestError("export/table.js", 0);
  }
});

/**
 * Lets the reader keep a file.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/**
 * @param {"csv" | "xlsx"} kind
 * @param {() => Promise<Demand[]>} gather Promises the demands in their order.
 * @param {string} root The way from the page to the site's root.
 * @param {HTMLElement} status Where the reader is told how it goes.
 */
export async function downloadTable(kind, gather, root, status) {
  status.textContent = "正在准备……";
  try {
    const [demands, tables] = await Promise.all([gather(), makers()]);
    const site = new URL(root, location.href).href;
    save(await tables[kind](demands, site), `需求清单-${today()}-${demands.length}项.${kind}`);
    status.textContent = `已生成，共 ${demands.length} 项。`;
  } catch (failed) {
    const isStale = failed instanceof StaleError;
    status.textContent = isStale ? "目录刚刚更新过，请刷新页面后再下载。" : "没有取到数据，请检查网络后再试。";
    if (!isStale && !(failed instanceof RequestError)) throw failed;
  }
}
