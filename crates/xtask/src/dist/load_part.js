
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

async function startPart(arriving, imports) {
    let response = await arriving;
    for (;;) {
        const { url } = response;
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
        response = await fetchPart(url);
    }
}
