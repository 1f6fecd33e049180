// Buttons that save a field's text as a file, made here: what is shown once is not asked for again.

/**
 * The text of the file.
 * @param {string} title a line that says what it is
 * @param {string} lines as the field shows them
 * @returns {string} with line ends that every editor knows
 */
export function fileText(title, lines) {
  const shown = lines.split("\n").map((line) => line.trim());
  return [title, "", ...shown.filter((line) => line !== ""), ""].join("\r\n");
}

/** @param {HTMLElement} button */
function equip(button) {
  const field = document.getElementById(button.dataset.save ?? "");
  if (!(field instanceof HTMLTextAreaElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = fileText(field.dataset.title ?? "", field.value);
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = button.dataset.file ?? "saved.txt";
    link.click();
    // The browser has taken the file by the time that another task runs.
    setTimeout(() => URL.revokeObjectURL(address), 0);
  });
}

for (const button of document.querySelectorAll("[data-save]")) {
  if (button instanceof HTMLElement) equip(button);
}
