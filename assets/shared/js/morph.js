// Makes a part of the page like the same part of a newer page, by changing only what differs:
// focus, scroll, selections, open tables and what scripts have drawn stay as they are. Idiomorph is
// a classic script of the page: its module is not minified.

/**
 * @param {HTMLElement} old a part of the page, with an `id`
 * @param {HTMLElement} fresh the same part of the newer page
 */
export function morph(old, fresh) {
  nameOwned(old);
  nameOwned(fresh);
  const focused = document.activeElement;
  Idiomorph.morph(old, fresh, {
    callbacks: { beforeNodeMorphed: mayMorph, beforeAttributeUpdated: mayUpdate },
  });
  refocus(old, focused);
}

/**
 * What belongs to a script is matched by what it is, never by its place: without names, a trace
 * could take over what was the overlay's element.
 *
 * @param {HTMLElement} part
 */
function nameOwned(part) {
  for (const element of part.querySelectorAll("[data-own]:not([id])")) {
    const names = element.getAttributeNames();
    const role = names.find((name) => name.startsWith("data-") && name !== "data-own");
    const only = role && part.querySelectorAll(`[data-own][${role}]`).length === 1;
    if (only) element.id = `own-${role.slice("data-".length)}`;
  }
}

/** @param {Element} old */
function mayMorph(old) {
  // Text nodes come by here, too.
  if (!(old instanceof Element)) return true;
  if (old.hasAttribute("data-own")) return false;
  return !(old === document.activeElement && old.matches("input, select, textarea"));
}

/**
 * @param {string} name
 * @param {Element} old
 */
function mayUpdate(name, old) {
  // One that has just come, still empty, opens as the server says.
  return !(name === "open" && old instanceof HTMLDetailsElement && old.hasChildNodes());
}

/**
 * A link or button whose element could not be kept hands its focus to its successor.
 *
 * @param {HTMLElement} part
 * @param {Element | null} focused what had the focus before
 */
function refocus(part, focused) {
  if (!focused || focused.isConnected || focused === document.body) return;
  const href = focused.getAttribute("href");
  const successor =
    (focused.id && document.getElementById(focused.id)) ||
    (href && part.querySelector(`a[href="${CSS.escape(href)}"]`));
  if (successor instanceof HTMLElement) successor.focus({ preventScroll: true });
}
