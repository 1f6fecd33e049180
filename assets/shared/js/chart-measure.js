/** How long drawing takes, for whoever looks at the browser's performance entries. */

const NAME = "chart-draw";
// A wall display draws for weeks, and the browser would keep every entry.
const KEPT = 100;

/**
 * Measures from the moment at which data were ready to the first frame after they were drawn.
 * @param {number} start ms, by `performance.now`
 * @param {number} points
 */
export function measureDraw(start, points) {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    if (performance.getEntriesByName(NAME).length >= KEPT) performance.clearMeasures(NAME);
    performance.measure(NAME, { start, detail: { points } });
  };
  // A task that is posted in a frame's callback runs when that frame is painted.
  requestAnimationFrame(() => channel.port2.postMessage(null));
}
