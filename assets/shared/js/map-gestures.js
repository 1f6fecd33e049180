// A map in a page that scrolls: the wheel and one finger belong to the page. The map takes the
// wheel with Ctrl (or Command), and two fingers.

const HINT_MS = 1200;

/**
 * @param {L.Map} map
 * @param {AbortSignal} signal ends it
 */
export function shareGestures(map, signal) {
  const container = map.getContainer();
  const hint = addHint(container);
  const capture = { capture: true, signal };

  container.addEventListener("wheel", (event) => {
    const meant = event.ctrlKey || event.metaKey;
    // A turn of the wheel that began as scrolling goes on as that, and cannot be stopped.
    if (meant && event.cancelable) return;
    // Kept from Leaflet, left to the browser.
    event.stopPropagation();
    if (!meant) hint(`Hold ${isApple() ? "⌘" : "Ctrl"} and scroll to zoom`);
  }, { ...capture, passive: true });

  // Leaflet's dragging does not tell a finger from a mouse; its pinching moves the map, too.
  container.addEventListener("pointerdown", ({ pointerType }) => {
    if (pointerType === "touch") map.dragging.disable();
    else map.dragging.enable();
  }, capture);
  container.addEventListener("touchmove", ({ touches }) => {
    if (touches.length === 1) hint("Use two fingers to move the map");
  }, { ...capture, passive: true });
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable();
  // Stronger than Leaflet's classes, which come and go with dragging.
  container.style.touchAction = "pan-x pan-y";
}

/**
 * @param {HTMLElement} container
 * @returns {(words: string) => void} shows words for a moment
 */
function addHint(container) {
  const line = document.createElement("p");
  line.className = "map-hint";
  // About a gesture that was just made by hand; the keyboard has its own ways.
  line.setAttribute("aria-hidden", "true");
  container.append(line);
  let timer = 0;
  return (words) => {
    line.textContent = words;
    line.classList.add("shown");
    clearTimeout(timer);
    timer = window.setTimeout(() => line.classList.remove("shown"), HINT_MS);
  };
}

function isApple() {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
