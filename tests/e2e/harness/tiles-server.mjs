// A server of map tiles, as a firm may have one.

import { once } from "node:events";
import { createServer } from "node:http";

// One grey point.
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM8c+bMfwAGgAL+f1rrSwAAAABJRU5ErkJggg==",
  "base64",
);

/**
 * @returns {Promise<{origin: string, asked: string[], stop: () => void}>}
 *   `asked`: the paths of the requests so far
 */
export async function startTileServer() {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "image/png");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    response.end(PNG);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${address.port}`, asked, stop };
}
