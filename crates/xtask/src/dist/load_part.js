
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

// These two are called while the module is read: as functions they are known from its first line on.
function part(name) {
    return starting(() => fetchPart(name));
}

// In a pack each module begins where the one before it ended.
function packed(pack, length) {
    const ends = (packed.ends ??= {});
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
