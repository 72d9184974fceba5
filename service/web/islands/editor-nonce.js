/**
 * Gives style elements that a library makes the number under which this page allows them.
 *
 * CodeMirror, in the editors of bpmn.io, adds style elements and offers no way to hand it one.
 */
const nonce = document.querySelector('meta[name="csp-nonce"]')?.content;
if (nonce) {
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = create(name, options);
    if (String(name).toLowerCase() === "style") element.nonce = nonce;
    return element;
  };
}
