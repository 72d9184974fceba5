/** Leaves nothing behind: commits the field that is being typed in, and saves, before going. */

/** A field of the panel passes its value on when it loses the focus. */
export function commitField() {
  const field = document.activeElement;
  if (!field?.closest?.("input, textarea, [contenteditable]")) return;
  field.blur();
  field.focus({ preventScroll: true });
}

export function guardLeaving({ autosave }) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.hasAttribute("download") || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    commitField();
    if (!autosave.isBehind()) return;
    event.preventDefault();
    await autosave.save();
    location.assign(link.href);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    commitField();
    autosave.save();
  });
  addEventListener("beforeunload", (event) => {
    commitField();
    if (autosave.isBehind()) event.preventDefault();
  });
}
