// Once before all tests: the demo's record, which every worker then copies.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { BINARY } from "./server";

export default function seed(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "adad-journeys-"));
  process.env.ADAD_SEEDED = join(folder, "seeded.db");
  const args = ["seed", "--database-url", `sqlite:${process.env.ADAD_SEEDED}`];
  execFileSync(BINARY, args, { stdio: ["ignore", "ignore", "inherit"] });
  return () => rmSync(folder, { recursive: true, force: true });
}
