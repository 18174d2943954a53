// Starts the portal, and leaves on <html> whether it did: `data-portal` is `started` or `failed`, so that the
// page can offer other ways.
import init from "./portal.js";

const module = new URL("./portal_bg.wasm", import.meta.url);

async function start() {
    try {
        const compiled = await WebAssembly.compileStreaming(fetch(module));
        // To start takes the page for a while: the sum that is owed, where it is nearly here, is painted before.
        await startKnown();
        await init({ module_or_path: compiled });
    } catch (error) {
        // The portal itself fell: a second start would fall too.
        if (error instanceof WebAssembly.RuntimeError) throw error;
        // The line dropped, or a webview refuses to compile while bytes arrive.
        console.warn(error);
        const response = await fetch(module);
        await init({ module_or_path: await response.arrayBuffer() });
    }
}

// Where there is no WebAssembly, boot.js has shown whom to call instead.
if (document.documentElement.dataset.portal !== "impossible") {
    try {
        await start();
        document.documentElement.dataset.portal = "started";
    } catch (error) {
        document.documentElement.dataset.portal = "failed";
        throw error;
    }
}
