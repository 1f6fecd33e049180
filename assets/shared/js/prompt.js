// A page on which somebody proves themself: show and hide, Caps Lock, one attempt at a time; the
// locked page counts its minutes down.

import { minutesLeft, minutesWords } from "./prompt-words.js";

/** @param {HTMLInputElement} field */
function startReveal(field) {
  const button = document.querySelector("[data-reveal]");
  if (!(button instanceof HTMLButtonElement)) return;
  const show = (/** @type {boolean} */ plain) => {
    field.type = plain ? "text" : "password";
    button.textContent = plain ? "Hide" : "Show";
  };
  button.hidden = false;
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  // A password is sent as one, so that the browser offers to keep it and not its letters.
  field.form?.addEventListener("submit", () => show(false));
}

/** @param {HTMLInputElement} field */
function startCapsHint(field) {
  const hint = document.querySelector("[data-caps]");
  if (!(hint instanceof HTMLElement)) return;
  const look = (/** @type {Event} */ event) => {
    // Browsers that fill in a form send key events that are none.
    if (event instanceof KeyboardEvent || event instanceof MouseEvent) {
      hint.hidden = !event.getModifierState("CapsLock");
    }
  };
  for (const kind of ["keydown", "keyup", "pointerdown"]) field.addEventListener(kind, look);
  field.addEventListener("blur", () => {
    hint.hidden = true;
  });
}

/** @param {HTMLFormElement} form */
function startSubmit(form) {
  const button = form.querySelector("button[type=submit]");
  if (!(button instanceof HTMLButtonElement)) return;
  const words = button.textContent;
  form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = "Checking…";
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = words;
  });
}

/** @param {HTMLElement} line */
function startCountdown(line) {
  const until = Date.parse(line.dataset.until ?? "");
  const offset = Date.parse(line.dataset.at ?? "") - performance.now();
  if (!Number.isFinite(until) || !Number.isFinite(offset)) return;
  const tick = () => {
    const left = minutesLeft(until, performance.now() + offset);
    if (left === 0) {
      clearInterval(timer);
      // A reload would send the last attempt once more; this asks for the empty prompt.
      location.replace(location.pathname + location.search);
      return;
    }
    const words = minutesWords(left, line.textContent ?? "");
    if (line.textContent !== words) line.textContent = words;
  };
  const timer = setInterval(tick, 1000);
}

const field = document.getElementById("password");
if (field instanceof HTMLInputElement) {
  startReveal(field);
  startCapsHint(field);
  if (field.form) startSubmit(field.form);
}
const line = document.querySelector("[data-minutes]");
if (line instanceof HTMLElement) startCountdown(line);
