// Entry of the inbox: the list follows the filter at once, in place.

import { startPage } from "../../shared/js/page.js";

const page = startPage();

/** Without the script one presses the button; with it there is nothing to press. */
function hideButton() {
  for (const button of document.querySelectorAll("form[data-filter] [type=submit]")) {
    button.toggleAttribute("hidden", true);
  }
}

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  if (target.form?.matches("[data-filter]")) target.form.requestSubmit();
});

// The address changes and the page is refreshed: the choice keeps the focus, nothing jumps.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-filter]")) return;
  event.preventDefault();
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (value) address.searchParams.set(name, String(value));
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
  void page.refresh();
});

document.addEventListener("page:fresh", hideButton);
hideButton();
