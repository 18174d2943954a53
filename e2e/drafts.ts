// What a device keeps of what was not sent yet.

import type { Page } from "@playwright/test";

/** The texts that this device keeps as drafts. */
export function drafts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open("adad", 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result.filter((value) => typeof value === "string"));
          };
        };
      }),
  );
}
