// Before the first paint: the language, its direction and the theme that were chosen on this device, whether the
// browser can run the portal at all, and the fonts once there is a figure to set in them.
(() => {
  const page = document.documentElement;

  // Some webviews refuse storage altogether; then the page is as for a first visit.
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  let chosen = {};
  try {
    chosen = JSON.parse(kept("adad.preferences")) ?? {};
  } catch {
    // What cannot be read was not chosen.
  }
  if (chosen.language === "en") {
    page.lang = "en";
    page.dir = "ltr";
  }
  if (chosen.theme === "light" || chosen.theme === "dark") {
    page.dataset.theme = chosen.theme;
  }

  page.dataset.page = location.pathname === "/sign-in" ? "sign-in" : "inside";
  if (typeof WebAssembly !== "object") {
    page.dataset.portal = "impossible";
  }

  // The fonts are asked for after the first figure is painted, and set all at once. Where a line would break
  // elsewhere in them, they wait for the next press or key, so that nothing moves under who is reading. On a later
  // visit they are in the browser's store, and come with the first frame that has the style sheet.
  const FACES = ['400 1em "Adad"', '600 1em "Adad"', '400 1em "Adad digits"', '600 1em "Adad digits"'];
  const KEPT = "adad.fonts";
  const places = () => [...document.querySelectorAll("#portal *")].map((part) => part.getBoundingClientRect().y);
  const setFonts = async () => {
    try {
      await Promise.all(FACES.map((face) => document.fonts.load(face, "اa0٠")));
    } catch {
      // Without ours the device's stay.
      return;
    }
    const before = places();
    page.dataset.fonts = "ready";
    if (places().some((place, at) => Math.abs(place - before[at]) >= 3)) {
      delete page.dataset.fonts;
      const set = () => (page.dataset.fonts = "ready");
      addEventListener("click", set, { once: true });
      addEventListener("keydown", set, { once: true });
    }
    try {
      localStorage.setItem(KEPT, "yes");
    } catch {
      // They are asked for again next time.
    }
  };
  if (kept(KEPT)) {
    requestAnimationFrame(setFonts);
  } else {
    addEventListener("adad-figure", setFonts, { once: true });
  }
})();
