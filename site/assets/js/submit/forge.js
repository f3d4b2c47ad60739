// A forge's own pages for a new file and a merge request. The submitter follows the links; the form itself asks nothing.

/** @import { ForgeAddresses, ForgeSetting } from "./types.js" */

// Longer addresses are refused by the forges' servers.
export const LONGEST_ADDRESS = 8191;

/**
 * What each kind of forge has a page for: a new file (`name` is what its address calls the file's name, `text` its text where the page takes
 * it: GitLab's does not), an upload, a file to change, a folder, a merge request, and one from a branch. Of Gitee and GitCode no document
 * tells the address for a new file: their folder has a button. `how` is what to do on that page so that the file goes to a new branch.
 *
 * @typedef {{ create: string, name: string, text: string | null }} NewFile
 * @typedef {(base: string, branch: string) => string} Compare
 * @type {Map<string, {
 *   file: NewFile | null, upload: string | null, edit: string | null, folder: string, requests: string, compare: Compare | null, how: string
 * }>}
 */
const FORGES = new Map([
  [
    "github",
    {
      file: { create: "/new/", name: "filename", text: "value" },
      upload: "/upload/",
      edit: "/edit/",
      folder: "/tree/",
      requests: "/compare",
      compare: /** @type {Compare} */ ((base, branch) => `/compare/${base}...${branch}`),
      how: "提交时选“Create a new branch”（新建分支）",
    },
  ],
  [
    "gitea",
    {
      file: { create: "/_new/", name: "filename", text: "value" },
      upload: "/_upload/",
      edit: "/_edit/",
      folder: "/src/branch/",
      requests: "/pulls",
      compare: /** @type {Compare} */ ((base, branch) => `/compare/${base}...${branch}`),
      how: "提交时选“为此提交创建一个新的分支”",
    },
  ],
  [
    "gitlab",
    {
      file: { create: "/-/new/", name: "file_name", text: null },
      upload: null,
      edit: "/-/edit/",
      folder: "/-/tree/",
      requests: "/-/merge_requests/new",
      compare: /** @type {Compare} */ (
        (base, branch) => `/-/merge_requests/new?merge_request[source_branch]=${branch}&merge_request[target_branch]=${base}`
      ),
      how: "提交时改“目标分支”（Target branch）那一框，并去掉“新建合并请求”前面的勾",
    },
  ],
  ["gitee", { file: null, upload: null, edit: null, folder: "/tree/", requests: "/pulls", compare: null, how: "" }],
  ["gitcode", { file: null, upload: null, edit: null, folder: "/tree/", requests: "/merge_requests", compare: null, how: "" }],
]);

/**
 * What to do on a forge's page for a new file so that it goes to a new branch; empty where the branch has to be made first, on a page of
 * its own.
 *
 * @param {string} kind
 */
export function howToBranch(kind) {
  return (FORGES.get(kind) || { how: "" }).how;
}

/** @param {string} path */
function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

/**
 * The addresses for one file, or null where no forge is configured.
 *
 * @param {ForgeSetting} setting
 * @param {string} path in the catalogue
 * @param {string} text
 * @param {string} [started] the branch that holds what belongs to the same request; the main one where none is named
 * @returns {ForgeAddresses | null}
 */
export function newFileAddresses(setting, path, text, started = "") {
  const forge = FORGES.get(setting.kind);
  if (!forge) return null;
  const whole = `${setting.folder}/${path}`;
  const cut = whole.lastIndexOf("/");
  const folder = encodePath(whole.slice(0, cut));
  const branch = encodePath(started || setting.branch);
  /** @param {string | null} page @param {string} place */
  const at = (page, place) => page && `${setting.url}${page}${branch}/${place}`;
  const others = {
    upload: at(forge.upload, folder),
    edit: at(forge.edit, encodePath(whole)),
    folder: `${setting.url}${forge.folder}${branch}/${folder}`,
    requests: setting.url + (started && forge.compare ? forge.compare(encodePath(setting.branch), branch) : forge.requests),
  };
  if (!forge.file) return { full: null, empty: null, isTooLong: false, ...others };
  const start = setting.url + forge.file.create + branch;
  // GitLab takes the folder from the address, the others from the name.
  const empty =
    setting.kind === "gitlab"
      ? `${start}/${folder}?${forge.file.name}=${encodeURIComponent(whole.slice(cut + 1))}`
      : `${start}?${forge.file.name}=${encodeURIComponent(whole)}`;
  const full = forge.file.text ? `${empty}&${forge.file.text}=${encodeURIComponent(text)}` : "";
  const isTooLong = full.length > LONGEST_ADDRESS;
  return { full: isTooLong ? null : full || null, empty, isTooLong, ...others };
}
