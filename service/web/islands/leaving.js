/** Leaves nothing behind: commits the field that is being typed in, and saves, before going. */

import { rememberFocus } from "./place.js";

/** A field of a panel passes its value on when it loses the focus; it gets that back. */
export async function commitField() {
  const field = document.activeElement;
  if (!field?.closest?.("input, textarea, [contenteditable]")) return;
  const focus = rememberFocus(document.body);
  field.blur();
  await focus.restore();
}

export function guardLeaving({ save, isUnsaved }) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.hasAttribute("download") || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    commitField();
    if (!isUnsaved()) return;
    event.preventDefault();
    await save();
    location.assign(link.href);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("beforeunload", (event) => {
    commitField();
    if (isUnsaved()) event.preventDefault();
  });
}
