// The form of a rule: hides the notes that do not concern what is being written, and clears hours.

import { concerns, endsAtMidnight } from "./rule-notes.js";

/** Starts every such form of the page. */
export function startRuleForms() {
  for (const form of document.querySelectorAll("form[data-rule-form]")) {
    if (form instanceof HTMLFormElement) start(form);
  }
}

/** @param {HTMLFormElement} form */
function start(form) {
  const show = () => showNotes(form);
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.querySelector("[data-any-time]")?.addEventListener("click", () => {
    for (const field of times(form)) field.value = "";
    show();
    times(form)[0]?.focus();
  });
  // A browser that comes back to the page fills in what was typed after this has run.
  window.addEventListener("pageshow", show);
  show();
}

/** @param {HTMLFormElement} form */
function showNotes(form) {
  const metric = String(new FormData(form).get("metric") ?? "");
  const [start, end] = times(form).map((field) => field.value);
  const days = form.querySelectorAll("[name=schedule_days]:checked").length;
  for (const note of form.querySelectorAll("[data-of-metric]")) {
    note.toggleAttribute("hidden", !concerns(note.getAttribute("data-of-metric") ?? "", metric));
  }
  const atMidnight = endsAtMidnight(start ?? "", end ?? "", days);
  form.querySelector("[data-over-midnight]")?.toggleAttribute("hidden", !atMidnight);
  const any = Boolean(start || end);
  form.querySelector("[data-any-time]")?.toggleAttribute("hidden", !any);
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement[]} the beginning and the end of its hours
 */
function times(form) {
  const fields = form.querySelectorAll("[name=schedule_start], [name=schedule_end]");
  return [...fields].filter((field) => field instanceof HTMLInputElement);
}
