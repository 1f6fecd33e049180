// A location's tile and its pin light up together, whichever of them is pointed at or focused.

/**
 * @param {AbortSignal} signal ends it
 * @returns {() => void} to be called after a refresh, which takes the light from the tile
 */
export function lightTogether(signal) {
  /** @type {string | null} */
  let pointed = null;
  /** @type {string | null} */
  let focused = null;
  const apply = () => {
    const id = pointed ?? focused;
    for (const element of document.querySelectorAll(".tile.hot, .pin.hot")) {
      if (idOf(element) !== id) element.classList.remove("hot");
    }
    if (id === null) return;
    const pin = document.querySelector(`.pin[data-pin="${CSS.escape(id)}"]`);
    // A tile without a pin has nothing to light up with.
    if (!pin) return;
    pin.classList.add("hot");
    document.getElementById(id)?.classList.add("hot");
  };

  document.addEventListener("pointerover", ({ target }) => {
    pointed = idOf(target);
    apply();
  }, { signal });
  document.documentElement.addEventListener("pointerleave", () => {
    pointed = null;
    apply();
  }, { signal });
  document.addEventListener("focusin", ({ target }) => {
    focused = idOf(target);
    apply();
  }, { signal });
  document.addEventListener("focusout", () => {
    focused = null;
    apply();
  }, { signal });
  return apply;
}

/**
 * @param {EventTarget | null} target
 * @returns {string | null} the id of the tile that the element is in, or that its pin is of
 */
function idOf(target) {
  if (!(target instanceof Element)) return null;
  const owner = target.closest(".tile[id], .pin[data-pin]");
  return owner?.getAttribute("data-pin") ?? (owner?.id || null);
}
