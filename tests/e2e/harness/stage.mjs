// The stage: the real portal and operator app over a simulated SLMM, in a process of its own, told
// what to do.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} StagedLocation
 * @property {string} id
 * @property {string} name
 * @property {string | null} unit  the meter there, as the simulator knows it
 * @property {string} standing  what its tile says, as in `data-standing`
 *
 * @typedef {object} StagedProject
 * @property {string} id
 * @property {string} name
 * @property {string} link  the token of its portal's link, the newest
 * @property {string} password  the newest
 * @property {StagedLocation[]} locations
 *
 * @typedef {object} Stage
 * @property {string} url  the portal's origin
 * @property {string} database  where everything is kept, as DATABASE_URL has it
 * @property {string} operator  the operator app's origin
 * @property {string[]} origins  those of all portals so far
 * @property {string} slmm  the simulator's origin, its control API under /_sim
 * @property {(name: string) => StagedProject} project
 * @property {(name: string) => StagedLocation} location
 * @property {(order: {do: string} & Record<string, unknown>) => Promise<Record<string, any>>} order
 *   throws what the stage complains of
 * @property {(unit: string, command: Record<string, unknown>) => Promise<unknown>} sim
 * @property {() => Promise<Record<string, number>>} metrics  what the first portal counted
 * @property {() => Promise<void>} stop
 */

const BUILT = fileURLToPath(new URL("../../../target/debug/stage", import.meta.url));

/**
 * Sets the stage; the path of the program is in STAGE where it was not built in target/debug.
 *
 * @param {{empty?: boolean}} [scene]  empty: nothing is in the database
 * @returns {Promise<Stage>}
 */
export async function startStage({ empty = false } = {}) {
  const child = spawn(process.env.STAGE ?? BUILT, empty ? ["--empty"] : [], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child, "spawn");
  const ended = once(child, "close");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const listen = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the stage ended");
    return JSON.parse(value);
  };
  // Answers come in the order of the orders.
  let queue = listen();
  const told = await queue;
  const origins = [told.portal];

  /** @type {Stage["order"]} */
  const order = (asked) => {
    const answer = queue.then(async () => {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      return listen();
    });
    queue = answer.catch(() => undefined);
    return answer.then((said) => {
      if (said.error) throw new Error(`${JSON.stringify(asked)}: ${said.error}`);
      if (said.url) origins.push(said.url);
      // What leads into a project is always the newest.
      if (said.link && asked.project) project(String(asked.project)).link = said.link;
      if (said.password && asked.project) project(String(asked.project)).password = said.password;
      return said;
    });
  };
  /**
   * @param {string} name
   * @returns {StagedProject}
   */
  const project = (name) => found(told.projects, name);
  return {
    url: told.portal,
    operator: told.operator,
    database: told.database,
    origins,
    slmm: told.slmm,
    project,
    location: (name) =>
      found(
        told.projects.flatMap((/** @type {StagedProject} */ { locations }) => locations),
        name,
      ),
    order,
    sim: (unit, command) => order({ do: "sim", unit, command }),
    metrics: () => order({ do: "metrics" }),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * @template {{name: string}} T
 * @param {T[]} all
 * @param {string} name
 * @returns {T}
 */
function found(all, name) {
  const one = all.find((candidate) => candidate.name === name);
  if (!one) throw new Error(`the stage has no ${name}`);
  return one;
}
