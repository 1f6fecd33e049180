// Buttons beside passwords that show what is typed.

/**
 * What a button says while its field is as it is.
 * @param {boolean} plain whether the letters are to be seen
 * @param {string} label what the field asks for
 * @returns {{text: string, spoken: string}}
 */
export function revealWords(plain, label) {
  const text = plain ? "Hide" : "Show";
  return { text, spoken: `${text} ${label}` };
}

/** @param {HTMLElement} button */
function equip(button) {
  const field = document.getElementById(button.dataset.reveal ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  const label = field.labels?.[0]?.textContent?.trim() ?? "";
  const show = (/** @type {boolean} */ plain) => {
    field.type = plain ? "text" : "password";
    const words = revealWords(plain, label);
    button.textContent = words.text;
    button.setAttribute("aria-label", words.spoken);
  };
  button.hidden = false;
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  // A password is sent as one, so that the browser offers to keep it and not its letters.
  field.form?.addEventListener("submit", () => show(false));
}

for (const button of document.querySelectorAll("[data-reveal]")) {
  if (button instanceof HTMLElement) equip(button);
}
