// Makes modules small as `wasm-opt -Oz` does, byte for byte, many in one process: to start that tool for each of
// hundreds costs minutes. Its argument is a file with the pairs of paths, before and after, as JSON.
import { readFileSync, writeFileSync } from "node:fs";

import binaryen from "binaryen";

// What the compiler may have used. With all features compact imports are written too, which Chromium does not start.
const { BulkMemory, BulkMemoryOpt, CallIndirectOverlong, MutableGlobals, Multivalue, NontrappingFPToInt, ReferenceTypes, SignExt } =
  binaryen.Features;
const FEATURES =
  BulkMemory | BulkMemoryOpt | CallIndirectOverlong | MutableGlobals | Multivalue | NontrappingFPToInt | ReferenceTypes | SignExt;

binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
binaryen.setGenerateStackIR(true);
binaryen.setOptimizeStackIR(true);

for (const [before, after] of JSON.parse(readFileSync(process.argv.at(-1)))) {
  const module = binaryen.readBinary(readFileSync(before));
  module.setFeatures(FEATURES);
  module.optimize();
  module.runPasses(["strip-debug", "strip-producers", "strip-target-features"]);
  writeFileSync(after, module.emitBinary());
  module.dispose();
}
