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

  // The style of the further pages is asked for with the first of them.
  let asksStyle;
  window.pagesStyle = () =>
    (asksStyle ??= new Promise((done) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = "/pages.css";
      link.onload = done;
      // The page stands without it all the same, and the next one asks again.
      link.onerror = () => done((asksStyle = undefined));
      // Behind the sheet that stands in the page, which the browser may not have read yet: of equals the later decides.
      page.append(link);
    }));
  if (location.pathname !== "/") pagesStyle();
  addEventListener("beforeprint", pagesStyle);

  // What the Overview asks first is asked for while the portal itself still travels. Each reply is taken once, and
  // one that nobody has taken by then is old.
  const EARLY_MS = 10_000;
  const early = new Map();
  // What the portal has asked for itself is not asked for again here.
  const asked = new Set();
  const askEarly = (path) => {
    if (asked.has(path)) return;
    const headers = { accept: "application/json" };
    const reply = fetch(path, { headers, signal: AbortSignal.timeout?.(EARLY_MS) });
    early.set(path, reply);
    // A refusal that nobody has taken says nothing of whoever signs in later.
    const drop = () => early.delete(path);
    reply.then(({ ok }) => ok || drop(), drop);
    return reply;
  };
  // What is owed is painted as soon as it is known, in the place and the form that the portal will give it. Where
  // nothing is owed the portal says so, in words of its own.
  const UNITS = { KWD: { en: "KD", ar: "د.ك" }, SAR: { en: "SAR", ar: "ر.س" } };
  const MARKS = { ",": "٬", ".": "٫" };
  const paintOwed = ({ account: { currency }, due }) => {
    const place = document.querySelector(".starting__owed:empty");
    if (!place || !UNITS[currency] || !/[1-9]/.test(due)) return;
    const figure = due.replace(/\d(?=(\d{3})+\b(?!$))/g, "$&,");
    const arabic = (letter) => MARKS[letter] ?? String.fromCharCode(letter.charCodeAt() + 0x630);
    page.dataset.owed = "";
    place.append(document.getElementById("owed").content);
    const [before, shown, after] = place.querySelectorAll("bdi > span");
    const [unit, other] = page.lang === "en" ? [before, after] : [after, before];
    unit.textContent = UNITS[currency][page.lang];
    other.remove();
    shown.textContent = chosen.digits === "arabic" ? figure.replace(/./g, arabic) : figure;
    return true;
  };
  // The portal waits this long for a sum that is still on its way, and to hear who is signed in: not longer than it
  // takes to start.
  const KNOWN_MS = 300;
  let owed, session;
  window.startKnown = () =>
    Promise.race([Promise.all([owed, session]), new Promise((resume) => setTimeout(resume, KNOWN_MS))]);
  // The browser tells when a large text is seen; where it does not, two frames are enough.
  const SEEN = "largest-contentful-paint";
  const seen = () =>
    new Promise((resume) => {
      if (!window.PerformanceObserver?.supportedEntryTypes?.includes(SEEN)) {
        return requestAnimationFrame(() => requestAnimationFrame(resume));
      }
      const isOwed = ({ element }) => element?.closest(".starting__owed");
      new PerformanceObserver((list) => list.getEntries().some(isOwed) && resume()).observe({ type: SEEN });
    });
  // The portal's own sum takes over. Another account's turn may come, and must not find this one's.
  addEventListener("adad-figure", () => delete page.dataset.owed, { once: true });
  // What any further page needs comes ahead of it, but after the Overview's figures.
  const fetchAhead = () => {
    for (const link of document.querySelectorAll("[data-ahead]")) link.rel = "prefetch";
  };
  // The first figure is mostly what is owed; those that the portal works out itself follow, and go before.
  const FIGURES_MS = 250;
  const withFigures = (act) => addEventListener("adad-figure", () => setTimeout(act, FIGURES_MS), { once: true });
  if (location.pathname === "/") withFigures(fetchAhead);
  else document.addEventListener("readystatechange", fetchAhead, { once: true });
  // What the portal shows until its figures are there are these cards.
  let cards;
  window.startCards = () => (cards ??= document.querySelector(".starting .columns"))?.outerHTML;
  window.breathe = () => new Promise((resume) => setTimeout(resume));
  // A page that nobody looks at is not painted.
  const UNSEEN_MS = 100;
  // Whatever breathes at the same time goes first: the paint that is waited for is one that shows it.
  window.afterPaint = () =>
    breathe().then(
      () =>
        new Promise((resume) => {
          requestAnimationFrame(() => setTimeout(resume));
          setTimeout(resume, UNSEEN_MS);
        }),
    );
  const askOverview = (account) =>
    askEarly(`/api/v1/accounts/${encodeURIComponent(account)}/overview`)
      ?.then((reply) => reply.ok && reply.clone().json().then(paintOwed).then((painted) => painted && seen()))
      // Whatever is wrong here, the portal asks again and says so.
      .catch(() => {});
  window.takeEarly = (path) => {
    asked.add(path);
    const reply = early.get(path);
    early.delete(path);
    return reply;
  };
  if (location.pathname === "/") {
    const reply = askEarly("/api/v1/session");
    // What it says is handed over with the start itself: the portal then stands at once as it will be.
    const text = reply.then((reply) => reply.ok && reply.clone().text());
    const hand = (text) => {
      if (text) early.delete("/api/v1/session");
      window.sessionKnown = text;
    };
    session = text.then(hand).catch(() => {});
    const account = kept("adad.account");
    const first = (text) => text && askOverview(JSON.parse(text).accounts[0].id);
    owed = account ? askOverview(account) : text.then(first).catch(() => {});
    setTimeout(() => early.clear(), EARLY_MS);
  }

  // The fonts are asked for after the first figure is painted. They are set with the next press or key, when
  // something moves anyway: in them a line may break elsewhere. On a later visit they are in the browser's store,
  // and come with the first frame.
  const FACES = ['400 1em "Adad"', '600 1em "Adad"', '400 1em "Adad digits"', '600 1em "Adad digits"'];
  const KEPT = "adad.fonts";
  const loadFonts = () => Promise.all(FACES.map((face) => document.fonts.load(face, "اa0٠")));
  const setFonts = () => (page.dataset.fonts = "ready");
  const keepFonts = async () => {
    try {
      await loadFonts();
      localStorage.setItem(KEPT, "yes");
    } catch {
      // Without ours the device's stay, and they are asked for again next time.
      return;
    }
    addEventListener("click", setFonts, { once: true });
    addEventListener("keydown", setFonts, { once: true });
  };
  if (kept(KEPT)) {
    requestAnimationFrame(() => loadFonts().then(setFonts, () => {}));
  } else {
    withFigures(keepFonts);
  }
})();
