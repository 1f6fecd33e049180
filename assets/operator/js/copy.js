// Copy buttons. They work over plain HTTP at an address of the LAN, too, where browsers have no
// clipboard for pages: there the field is selected and the older command copies it.

/**
 * Copies a read-only field's text.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether it was copied; otherwise it is selected, to be copied by hand
 */
export async function copyField(field) {
  field.focus();
  field.select();
  if (navigator.clipboard) {
    const copied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    if (copied) return true;
  }
  return document.execCommand("copy");
}

/**
 * What is said after a try.
 * @param {boolean} copied
 * @returns {string}
 */
export function copiedWords(copied) {
  return copied ? "Copied." : "Selected: copy it with Ctrl+C.";
}

/** @param {HTMLElement} button */
function equip(button) {
  const id = button.dataset.copy ?? "";
  const field = document.getElementById(id);
  const told = document.querySelector(`[data-copied="${CSS.escape(id)}"]`);
  const holdsText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  if (!holdsText || !told) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    told.textContent = copiedWords(await copyField(field));
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (button instanceof HTMLElement) equip(button);
}
