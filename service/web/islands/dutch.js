/**
 * Puts what a library shows in English into Dutch, where it has no way to be told.
 *
 * `watchDutch(root, words)` follows every text, title, placeholder and label below `root`; `known`
 * is Dutch that is there already. What is neither is remembered in `root.untranslated`, in which a test finds what was forgotten.
 */
const ATTRIBUTES = ["title", "placeholder", "aria-label", "alt", "data-placeholder"];

export function watchDutch(root, words, known = []) {
  const dutch = new Set([...Object.values(words), ...known]);
  const heads = [...dutch].filter((text) => text.endsWith(": "));
  root.untranslated = new Set();

  const say = (text) => {
    const plain = text.trim();
    if (!plain || dutch.has(plain) || heads.some((head) => text.startsWith(head))) return text;
    if (Object.hasOwn(words, plain)) return text.replace(plain, words[plain]);
    if (/\p{L}{2}/u.test(plain)) root.untranslated.add(plain);
    return text;
  };
  const ofText = (node) => {
    if (ours(node.parentElement)) return;
    const said = say(node.nodeValue);
    if (said !== node.nodeValue) node.nodeValue = said;
  };
  const ofElement = (element) => {
    if (ours(element)) return;
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      const said = say(value);
      if (said !== value) element.setAttribute(name, said);
    }
  };
  const everything = (node) => {
    if (!node.isConnected) return;
    if (node.nodeType === Node.TEXT_NODE) ofText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    ofElement(node);
    node.childNodes.forEach(everything);
  };
  everything(root);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(everything);
      else if (type === "characterData") ofText(target);
      else ofElement(target);
    }
  }).observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ATTRIBUTES,
  });
}

/** What the page itself draws in there, what somebody types, code, and what has words of its own. */
const OURS =
  "[data-ours], style, script, .cm-content, .cm-tooltip, [contenteditable], .flatpickr-calendar";

function ours(element) {
  return !element || element.closest(OURS);
}
