// Makes scripts short. Its argument is a file with [before, after, whether it is a module] of each, as JSON.
import { readFileSync, writeFileSync } from "node:fs";

import { minify } from "terser";

for (const [before, after, module] of JSON.parse(readFileSync(process.argv.at(-1)))) {
  const { code } = await minify(readFileSync(before, "utf8"), { module });
  writeFileSync(after, code);
}
