// Light or dark: as the system has it, until somebody switches. Runs before the first paint, so
// this is a classic script, and small.

(() => {
  const KEY = "theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Storage may be forbidden; then a choice lasts as long as the page. */
  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return root.dataset.theme ?? null;
    }
  }

  /** @param {string | null} theme `null`: as the system has it */
  function store(theme) {
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // The choice stands on the page already.
    }
  }

  function system() {
    return dark.matches ? "dark" : "light";
  }

  /** What a switch would bring. */
  function other() {
    return (root.dataset.theme ?? system()) === "dark" ? "light" : "dark";
  }

  /** @param {string | null} theme */
  function show(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.removeAttribute("hidden");
      button.setAttribute("aria-label", `Switch to ${other()}`);
    }
  }

  function switchOver() {
    const wanted = other();
    const theme = wanted === system() ? null : wanted;
    store(theme);
    show(theme);
  }

  const again = () => show(stored());
  show(stored());
  dark.addEventListener("change", again);
  // Another tab of the portal has switched, or this page comes back out of the history.
  addEventListener("storage", again);
  addEventListener("pageshow", again);
  document.addEventListener("DOMContentLoaded", again);
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target instanceof Element && target.closest("[data-theme-switch]")) switchOver();
  });
})();
