// The files: random ids, one YAML file per record, and all of them in one archive. Made here, sent nowhere.

import { zipStored } from "../export/zip.js";
import { recordToYaml } from "./yaml.js";

/** @import { Model, PlacedRecord, RecordFile, Submission } from "./types.js" */

// Crockford's base32, as in `jiebang new id`: 32 letters, so five bits of a random byte choose one without preference.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FOLDERS = { enterprise: "enterprises", demand: "demands", application: "applications" };

/**
 * @param {string} letter of the kind of record
 */
export function newId(letter) {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${letter}-${Array.from(bytes, (byte) => ALPHABET[byte % 32]).join("")}`;
}

/** @param {PlacedRecord} placed */
function about(placed) {
  if (placed.kind === "enterprise") return "企业";
  if (placed.kind === "demand") return `需求：${placed.record.title}`;
  return `揭榜申请：${placed.record.item && placed.record.item.name}`;
}

/**
 * The files of a submission whose round and district are chosen, the enterprise first.
 *
 * @param {Model} model
 * @param {Submission} submission
 * @returns {RecordFile[]}
 */
export function recordFiles(model, submission) {
  const { round, district, enterprise, entries } = submission;
  if (!round || !district) throw new Error("Files need a round and a district to stand in.");
  return [...(enterprise ? [enterprise] : []), ...entries].map((placed) => {
    const name = `${(placed.record.id || "").toLowerCase()}.yml`;
    return {
      path: `${round.id}/${district.slug}/${FOLDERS[placed.kind]}/${name}`,
      name,
      about: about(placed),
      text: recordToYaml(placed.kind, placed.record, model.kinds[placed.kind]),
    };
  });
}

/**
 * All of them in one archive.
 *
 * @param {{ path: string, text: string }[]} files
 */
export function zipArchive(files) {
  return zipStored(
    files.map(({ path, text }) => [path, text]),
    "application/zip",
  );
}
