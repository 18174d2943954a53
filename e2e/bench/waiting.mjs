// What every bench with a server of its own needs: a port, and patience.

import { createServer } from "node:net";

/** A port that nobody uses. */
export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Asks until there is an answer, for a minute at most. */
export async function until(what, find) {
  for (const begun = Date.now(); Date.now() - begun < 60_000; ) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}
