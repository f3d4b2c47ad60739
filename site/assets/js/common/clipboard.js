/**
 * For browsers inside other programs, which know no clipboard of their own.
 *
 * @param {string} text
 */
function copyByHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr";
  field.setAttribute("readonly", "");
  document.body.appendChild(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done ? Promise.resolve() : Promise.reject(new Error("refused"));
}

/**
 * @param {string} text
 * @returns {Promise<void>} Rejects where the browser refuses.
 */
export function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    return navigator.clipboard.writeText(text).catch(() => copyByHand(text));
  }
  return copyByHand(text);
}
