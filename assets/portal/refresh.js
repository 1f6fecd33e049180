// Keeps a page current: every 15 seconds the page is fetched again and its main part replaced.
// A hidden tab asks for nothing. A failed refresh keeps what is shown, greyed, and says since when.

const EVERY_MS = 15_000;

/** @returns {Promise<Document>} the page as it is now */
async function fetchPage() {
  const response = await fetch(location.href, {
    headers: { accept: "text/html" },
    cache: "no-store",
    redirect: "manual",
  });
  if (response.type === "opaqueredirect" || response.status === 401) {
    // The session has ended; the server knows which page to show.
    location.reload();
  }
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** @param {Document} page replaces the main part, but never a form that is being filled in */
function show(page) {
  const main = document.querySelector("main");
  const fresh = page.querySelector("main");
  if (!main || !fresh || main.contains(document.activeElement?.closest("form") ?? null)) return;
  const focused = document.activeElement?.getAttribute("href");
  main.replaceChildren(...fresh.childNodes);
  main.classList.remove("outdated");
  document.title = page.title;
  if (focused) {
    const link = [...main.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused);
    link?.focus({ preventScroll: true });
  }
}

/** Greys what is shown; the time of the last update stays on the page. */
function showOutdated() {
  document.querySelector("main")?.classList.add("outdated");
}

async function refresh() {
  if (document.hidden) return;
  try {
    show(await fetchPage());
  } catch {
    showOutdated();
  }
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
