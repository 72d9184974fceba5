/** Where somebody is in an editor, found back after what is there was drawn anew. */
const NAMES = ["id", "data-element-id", "data-entry-id", "data-id"];
const FOCUSABLE = "input, textarea, select, button, [contenteditable], [tabindex]";
const TRIES = 30;
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Remembers what has the focus in `room`, where the cursor stands, and how far is scrolled. */
export function rememberPlace(room) {
  const focus = rememberFocus(room);
  const scrolled = [...room.querySelectorAll("*")]
    .filter(({ scrollTop, scrollLeft }) => scrollTop || scrollLeft)
    .map((one) => [finder(one, room), { top: one.scrollTop, left: one.scrollLeft }]);
  return { restore };

  async function restore() {
    await focus.restore();
    for (const [find, offset] of scrolled) find.itself()?.scrollTo(offset);
  }
}

/** Remembers what has the focus in `room`, and where the cursor stands in it. */
export function rememberFocus(room) {
  const box = document.activeElement;
  if (box === document.body || !room.contains(box)) return { restore: async () => {} };
  const find = finder(box, room);
  const cursor = cursorIn(box);
  return { restore };

  /**
   * What takes a moment to be drawn is waited for, and what opens when it gets the focus gets it
   * first. Who went elsewhere meanwhile is left there.
   */
  async function restore() {
    let isOpened = false;
    for (let tries = 0; tries < TRIES; tries++) {
      const [around, found] = [find.around(), find.itself()];
      const { activeElement } = document;
      const isHere =
        [document.body, box].includes(activeElement) || around?.contains(activeElement);
      if (!isHere) return;
      found?.focus({ preventScroll: true });
      if (found === box) return;
      if (!found && !isOpened) isOpened = openIn(around);
      await pause();
      if (found) return putCursor(found, cursor);
    }
  }
}

function openIn(around) {
  const first = around?.querySelector(FOCUSABLE);
  first?.focus({ preventScroll: true });
  return Boolean(first);
}

/** Looks for what stands where `node` stood, from the nearest thing around it that has a name. */
function finder(node, room) {
  const steps = [];
  let from = node;
  while (from !== room && !nameOf(from, room)) {
    steps.unshift([...from.parentElement.children].indexOf(from));
    from = from.parentElement;
  }
  const name = from !== room && nameOf(from, room);
  const around = () => (name ? room.querySelector(name) : room);
  return { around, itself };

  function itself() {
    const found = steps.reduce((one, step) => one?.children[step], around());
    return found?.tagName === node.tagName && found.className === node.className ? found : null;
  }
}

function nameOf(node, room) {
  return NAMES.filter((name) => node.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(node.getAttribute(name))}"]`)
    .find((selector) => room.querySelectorAll(selector).length === 1);
}

function cursorIn(box) {
  if (typeof box.selectionStart === "number") return [box.selectionStart, box.selectionEnd];
  if (!box.isContentEditable || !getSelection().rangeCount) return undefined;
  const { endContainer, endOffset } = getSelection().getRangeAt(0);
  const before = document.createRange();
  before.selectNodeContents(box);
  before.setEnd(endContainer, endOffset);
  return [before.toString().length];
}

/** After the focus: an editor of formulas then puts the cursor somewhere of its own. */
function putCursor(box, cursor) {
  if (!cursor) return;
  if (!box.isContentEditable) return box.setSelectionRange(...cursor);
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  let [left] = cursor;
  while (texts.nextNode()) {
    const { length } = texts.currentNode;
    if (left <= length) return getSelection().collapse(texts.currentNode, left);
    left -= length;
  }
}
