// A forge's own pages for a new file and a merge request. The submitter follows the links; the form itself asks nothing.

/** @import { ForgeAddresses, ForgeSetting } from "./types.js" */

// Longer addresses are refused by the forges' servers.
export const LONGEST_ADDRESS = 8191;

/**
 * What each kind of forge has a page for: a new file (`name` is what its address calls the file's name, `text` its text where the page takes
 * it: GitLab's does not), an upload, a folder, a merge request. Of Gitee and GitCode no document tells the address for a new file: their
 * folder has a button.
 *
 * @typedef {{ create: string, name: string, text: string | null }} NewFile
 * @type {Map<string, { file: NewFile | null, upload: string | null, folder: string, requests: string }>}
 */
const FORGES = new Map([
  ["github", { file: { create: "/new/", name: "filename", text: "value" }, upload: "/upload/", folder: "/tree/", requests: "/compare" }],
  ["gitea", { file: { create: "/_new/", name: "filename", text: "value" }, upload: "/_upload/", folder: "/src/branch/", requests: "/pulls" }],
  ["gitlab", { file: { create: "/-/new/", name: "file_name", text: null }, upload: null, folder: "/-/tree/", requests: "/-/merge_requests/new" }],
  ["gitee", { file: null, upload: null, folder: "/tree/", requests: "/pulls" }],
  ["gitcode", { file: null, upload: null, folder: "/tree/", requests: "/merge_requests" }],
]);

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
 * @returns {ForgeAddresses | null}
 */
export function newFileAddresses(setting, path, text) {
  const forge = FORGES.get(setting.kind);
  if (!forge) return null;
  const whole = `${setting.folder}/${path}`;
  const cut = whole.lastIndexOf("/");
  const folder = encodePath(whole.slice(0, cut));
  const branch = encodePath(setting.branch);
  const others = {
    upload: forge.upload ? `${setting.url}${forge.upload}${branch}/${folder}` : null,
    folder: `${setting.url}${forge.folder}${branch}/${folder}`,
    requests: setting.url + forge.requests,
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
