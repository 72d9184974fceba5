/** Gives style elements that libraries make the number of this page, which its policy asks for. */
export function giveStylesNonce(nonce) {
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = create(name, options);
    if (String(name).toLowerCase() === "style") element.setAttribute("nonce", nonce);
    return element;
  };
}
