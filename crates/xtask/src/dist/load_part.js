
// A page's part may not arrive: the line drops, a lift, a tunnel. The portal must not end over it, so the
// load waits instead: it says `adad:part-failed` on the document, and goes on when somebody there says
// `adad:part-retry` or when the browser is online again.
function untilRetried() {
    const again = new Promise((resolve) => {
        document.addEventListener("adad:part-retry", resolve, { once: true });
        addEventListener("online", resolve, { once: true });
    });
    document.dispatchEvent(new CustomEvent("adad:part-failed"));
    return again;
}

async function fetchPart(name) {
    for (;;) {
        try {
            const response = await fetch(new URL(name, import.meta.url));
            if (response.ok) return response;
        } catch (error) {
            console.warn(error);
        }
        await untilRetried();
    }
}

// The small modules travel together, in few files.
const packs = {};

async function fetchPacked(pack, start, length) {
    for (;;) {
        try {
            packs[pack] ??= fetchPart(pack).then((response) => response.arrayBuffer());
            const bytes = (await packs[pack]).slice(start, start + length);
            return new Response(bytes, { headers: { "content-type": "application/wasm" } });
        } catch (error) {
            // The line dropped midway.
            console.warn(error);
        }
        await untilRetried();
        delete packs[pack];
    }
}

export function part(name) {
    return starting(() => fetchPart(name));
}

// In a pack each module begins where the one before it ended.
const ends = {};

export function packed(pack, length) {
    const start = ends[pack] ?? 0;
    ends[pack] = start + length;
    return starting(() => fetchPacked(pack, start, length));
}

function starting(ask) {
    return () => {
        const arriving = ask();
        return async (imports) => startPart(arriving, ask, imports);
    };
}

async function startPart(arriving, askAgain, imports) {
    let response = await arriving;
    for (;;) {
        // Dozens begin at once; between two of them a press is heard.
        await breathe();
        try {
            if (WebAssembly.instantiateStreaming) {
                try {
                    return await WebAssembly.instantiateStreaming(response.clone(), imports);
                } catch (error) {
                    // Some webviews refuse streaming; what has arrived can still be started.
                    console.warn(error);
                }
            }
            return await WebAssembly.instantiate(await response.arrayBuffer(), imports);
        } catch (error) {
            console.warn(error);
        }
        await untilRetried();
        response = await askAgain();
    }
}

// What pages share, each module by its number.
const chunks = [];

export function chunk(number, fetcher, needs) {
    chunks[number] = makeLoad(fetcher, numbered(needs));
}

export function page(fetcher, needs) {
    return wrapAsyncCb(makeLoad(fetcher, numbered(needs)));
}

// "3 5-7": these.
function numbered(needs = "") {
    return needs.split(" ").filter(Boolean).flatMap((span) => {
        const [first, last = first] = span.split("-").map(Number);
        return Array.from({ length: last - first + 1 }, (_, at) => () => chunks[first + at]());
    });
}

// The other pages' list comes with the first of them.
let listed;

function later(place) {
    return async (callback, data) => {
        listed ??= fetchList();
        (await listed)[place](callback, data);
    };
}

async function fetchList() {
    for (;;) {
        try {
            // Read to its end it is in the browser's cache, where the import finds it: a browser may remember that
            // an import failed, and never ask again.
            await (await fetchPart("./later.js")).text();
            return (await import("./later.js")).pages;
        } catch (error) {
            console.warn(error);
        }
        await untilRetried();
    }
}
