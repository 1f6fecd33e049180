#!/usr/bin/env node
// Fetches the scripts, styles and fonts of others that the portal serves, at their pinned versions.
//
//   node tools/vendor.mjs            fetch, check against assets/vendor.lock, write the files
//   node tools/vendor.mjs --update   fetch, write the files, pin what was fetched
//
// The files are committed, so neither cargo nor a browser ever needs this; a test holds them to the
// lock (tests/boundaries/vendor.rs). To upgrade a package, change its version in the lock, run with
// --update and read the difference. The lock names no registry: npm's configuration does.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ASSETS = fileURLToPath(new URL("../assets/", import.meta.url));
const LOCK = join(ASSETS, "vendor.lock");

/**
 * @typedef {{source: string, target: string, sha256?: string}} File
 *   `source` is a path in the package, `target` one under assets/shared.
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} [license] the SPDX identifier that the package declares
 * @property {string} [integrity] the sha512 of its tarball, as npm writes it
 * @property {File[]} files
 */

/** What ends the run with one line. */
class Refusal extends Error {}

/** @param {string} algorithm @param {Buffer} bytes @param {"hex" | "base64"} encoding */
function digest(algorithm, bytes, encoding) {
  return createHash(algorithm).update(bytes).digest(encoding);
}

/**
 * Fetches one package and unpacks it.
 * @param {Package} wanted
 * @param {string} folder an empty one
 * @returns {string} the integrity of the tarball
 */
function fetchPackage({ name, version }, folder) {
  const pack = ["pack", `${name}@${version}`, "--ignore-scripts", "--loglevel=error"];
  const npm = spawnSync("npm", [...pack, "--pack-destination", folder], { encoding: "utf8" });
  if (npm.status !== 0) {
    const told = npm.error?.message ?? npm.stderr.trim().split("\n").slice(0, 2).join(", ");
    throw new Refusal(`${name}@${version}: not fetched: ${told}`);
  }
  const [tarball] = readdirSync(folder);
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", folder]);
  return `sha512-${digest("sha512", readFileSync(join(folder, tarball)), "base64")}`;
}

/**
 * Holds a fetched value against the pinned one, or pins it.
 * @param {boolean} update
 * @param {string} what names the value in a refusal
 * @param {string | undefined} pinned
 * @param {string} fetched
 */
function settle(update, what, pinned, fetched) {
  if (update || pinned === fetched) return fetched;
  throw new Refusal(`${what} is ${fetched}, pinned is ${pinned ?? "nothing"}`);
}

/**
 * @param {Package} pinned
 * @param {boolean} update
 * @returns {{entry: Package, contents: Buffer[]}} the entry as fetched, and its files' contents
 */
function take(pinned, update) {
  const { name, version } = pinned;
  const folder = mkdtempSync(join(tmpdir(), "vendor-"));
  try {
    const fetched = fetchPackage(pinned, folder);
    const integrity = settle(update, `${name}@${version}: tarball`, pinned.integrity, fetched);
    const about = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
    const license = settle(update, `${name}@${version}: licence`, pinned.license, about.license);
    const read = (/** @type {File} */ { source }) => readFileSync(join(folder, "package", source));
    const contents = pinned.files.map(read);
    const files = pinned.files.map(({ source, target, sha256 }, index) => {
      const now = digest("sha256", contents[index], "hex");
      return { source, target, sha256: settle(update, target, sha256, now) };
    });
    return { entry: { name, version, license, integrity, files }, contents };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {boolean} update */
function run(update) {
  /** @type {{packages: Package[]}} */
  const lock = JSON.parse(readFileSync(LOCK, "utf8"));
  // Nothing is written before everything has been checked.
  const taken = lock.packages.map((pinned) => take(pinned, update));
  for (const { entry, contents } of taken) {
    entry.files.forEach(({ target }, index) => {
      const path = join(ASSETS, "shared", target);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents[index]);
    });
    console.log(`${entry.name} ${entry.version}, ${entry.license}`);
  }
  const packages = taken.map(({ entry }) => entry);
  if (update) writeFileSync(LOCK, `${JSON.stringify({ packages }, null, 2)}\n`);
}

try {
  run(process.argv.includes("--update"));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`vendor: ${error.message}`);
  process.exitCode = 1;
}
