import { FLAT } from "../demo";
import { expect, test } from "../fixtures";
import { asRead } from "../words";

test("readings that are fed move the figures of the moment @english", async ({ overview, server, words, signedInAs }) => {
  await signedInAs(FLAT);
  await overview.open();
  const figures = async () => {
    const text = asRead(await overview.now.innerText());
    const all = text.match(/\d[\d,]*\.\d+/g) ?? [];
    expect(all.length, text).toBeGreaterThanOrEqual(2);
    return all.join(" ");
  };
  const before = await figures();
  const seen = new Set([before]);
  const stop = server.feed(FLAT, "--speed", "600");
  try {
    await expect
      .poll(async () => seen.add(await figures()).size, { message: "the figures before and three more", timeout: 45_000 })
      .toBeGreaterThanOrEqual(4);
  } finally {
    await stop();
  }
  await expect(overview.now).not.toContainText(words.say("consumption_live_paused"));
});
