
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

async function fetchPart(url) {
    for (;;) {
        try {
            const response = await fetch(url);
            if (response.ok) return response;
        } catch (error) {
            console.warn(error);
        }
        await untilRetried();
    }
}

// The small modules, which travel together.
let pack;

async function fetchPacked(start, length) {
    for (;;) {
        try {
            pack ??= fetchPart(new URL("./chunks.bin", import.meta.url)).then((response) => response.arrayBuffer());
            const bytes = (await pack).slice(start, start + length);
            return new Response(bytes, { headers: { "content-type": "application/wasm" } });
        } catch (error) {
            // The line dropped midway.
            console.warn(error);
        }
        await untilRetried();
        pack = undefined;
    }
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
