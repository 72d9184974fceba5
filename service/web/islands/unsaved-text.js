/**
 * Asks before a page with typed but unsaved text is left.
 *
 * A form with `data-guard` is unsaved from the first key until it is sent, or until the element
 * with `data-draft` has got a good answer that covers the last key.
 */
export function guardUnsavedText() {
  const unsaved = new Map();
  const form = (event) => event.target.closest?.("form[data-guard]");
  const note = (event) => {
    const guarded = form(event);
    if (guarded) unsaved.set(guarded, performance.now());
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("submit", (event) => unsaved.delete(form(event)));
  document.addEventListener("htmx:before:request", (event) => {
    if (event.target.closest?.("[data-draft]")) event.target.dataset.asked = performance.now();
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const draft = event.target.closest?.("[data-draft]");
    if (!draft || !event.detail?.ctx?.response?.raw?.ok) return;
    const guarded = draft.closest("form");
    if ((unsaved.get(guarded) ?? 0) <= Number(draft.dataset.asked)) unsaved.delete(guarded);
  });
  const failed = (event) => {
    const draft = event.target.closest?.("[data-draft]");
    const status = event.detail?.ctx?.response?.status ?? 0;
    if (draft && (status === 0 || status >= 500)) draft.textContent = draft.dataset.failed;
  };
  document.addEventListener("htmx:error", failed);
  document.addEventListener("htmx:response:error", failed);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size) event.preventDefault();
  });
}
