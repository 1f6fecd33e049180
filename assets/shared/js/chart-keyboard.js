/** Reads and zooms the chart by keyboard. */

const FAST = 10;
const CLOSER = 0.5;

/**
 * @typedef {object} KeyActions
 * @property {(rows: number) => void} step to a neighbouring point; negative is earlier
 * @property {(end: -1 | 1) => void} jump to the first or the last point in view
 * @property {(factor: number) => void} zoom below 1 is closer
 * @property {() => void} reset
 * @property {() => void} leave
 */

/**
 * What a key asks for.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} event
 * @param {KeyActions} actions
 * @returns {(() => void) | null} null where the key is not the chart's
 */
export function keyAction({ key, shiftKey, ctrlKey, metaKey, altKey }, actions) {
  // With these, plus and minus zoom the page.
  if (ctrlKey || metaKey || altKey) return null;
  const rows = shiftKey ? FAST : 1;
  switch (key) {
    case "ArrowLeft": return () => actions.step(-rows);
    case "ArrowRight": return () => actions.step(rows);
    case "Home": return () => actions.jump(-1);
    case "End": return () => actions.jump(1);
    case "+": case "=": return () => actions.zoom(CLOSER);
    case "-": case "_": return () => actions.zoom(1 / CLOSER);
    case "0": return () => actions.reset();
    case "Escape": return () => actions.leave();
    default: return null;
  }
}

/**
 * @param {HTMLElement} target takes the focus
 * @param {KeyActions} actions
 */
export function listenToKeys(target, actions) {
  target.addEventListener("keydown", (event) => {
    const action = keyAction(event, actions);
    if (!action) return;
    event.preventDefault();
    action();
  });
  target.addEventListener("blur", () => actions.leave());
}
