// Brings Leaflet in when it is first needed. It is a classic script that leaves a global `L`, and a
// style without a layer; this is the one place that knows.

/** @type {Promise<typeof L> | undefined} */
let loading;

/** @returns {Promise<typeof L>} rejected, to be tried again, when a file could not be fetched */
export function loadLeaflet() {
  loading ??= Promise.all([loadStyle(), loadScript()]).then(
    () => window.L,
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** In a layer beneath ours: linked as it is, Leaflet's style would win over all layers. */
async function loadStyle() {
  const answer = await fetch(new URL("../vendor/leaflet.css", import.meta.url));
  if (!answer.ok) throw new Error(`Leaflet's style: status ${answer.status}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer parts.leaflet {${await answer.text()}}`);
  document.adoptedStyleSheets.push(sheet);
}

/** @returns {Promise<void>} */
function loadScript() {
  const script = document.createElement("script");
  script.src = new URL("../vendor/leaflet.js", import.meta.url).href;
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error("Leaflet's script could not be loaded"));
    });
    document.head.append(script);
  });
}
