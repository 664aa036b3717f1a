/* Two things Wagtail's scripts do that our content security policy forbids, done in a way it allows. */
(() => {
    const nonce = document.currentScript.nonce;
    const createElement = Document.prototype.createElement;

    // The text editor writes <style> elements. They get this page's nonce, which only this script was given: a <style>
    // that comes in as text still has none, and is kept out.
    Document.prototype.createElement = function createElementWithNonce(...args) {
        const element = createElement.apply(this, args);
        if (element instanceof HTMLStyleElement) element.nonce = nonce;
        return element;
    };

    // The focal point picker tries handlers written as attributes only where it does not find these properties.
    for (const name of ["ontouchstart", "ontouchmove", "ontouchend"]) {
        if (!(name in HTMLDivElement.prototype)) HTMLDivElement.prototype[name] = null;
    }
})();
