// A forge's own page for a new file, filled in by its address. The submitter follows the link; the form itself asks nothing.

/** @import { ForgeAddresses, ForgeSetting } from "./types.js" */

// Longer addresses are refused by the forges' servers.
export const LONGEST_ADDRESS = 8191;

/**
 * Where each kind of forge makes and uploads a file, and what its page calls the file's name and its text.
 *
 * @type {Map<string, { create: string, upload: string | null, name: string, text: string }>}
 */
const FORGES = new Map([
  ["github", { create: "/new/", upload: "/upload/", name: "filename", text: "value" }],
  ["gitea", { create: "/_new/", upload: "/_upload/", name: "filename", text: "value" }],
  ["gitlab", { create: "/-/new/", upload: null, name: "file_name", text: "content" }],
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
  const start = setting.url + forge.create + branch;
  // GitLab takes the folder from the address, the others from the name.
  const empty =
    setting.kind === "gitlab"
      ? `${start}/${folder}?${forge.name}=${encodeURIComponent(whole.slice(cut + 1))}`
      : `${start}?${forge.name}=${encodeURIComponent(whole)}`;
  const full = `${empty}&${forge.text}=${encodeURIComponent(text)}`;
  return {
    full: full.length <= LONGEST_ADDRESS ? full : null,
    empty,
    upload: forge.upload ? `${setting.url}${forge.upload}${branch}/${folder}` : null,
  };
}
