// The colours of the page, for what is drawn and not styled.

/**
 * @param {() => void} repaint called when the page's colours have changed
 * @param {AbortSignal} signal ends it
 */
export function onColours(repaint, signal) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
  const observer = new MutationObserver(repaint);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  signal.addEventListener("abort", () => observer.disconnect());
}
