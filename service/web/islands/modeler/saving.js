/** Keeps the diagram: after every change in the browser, and soon after on the server. */
import { DraftFile } from "../draft-file.js";
import { commitField } from "./leaving.js";

/**
 * `reopen(text)` shows another text; `onSaved()` hears of each saving. Gives `changed()` to call
 * after a change, `save()` for at once, `isUnsaved()`, and `offerKept()`.
 */
export function createSaving({ page, document: diagram, lines, say, reopen, onSaved }) {
  let writing = 0;
  let written = Promise.resolve();
  const file = new DraftFile({
    draftId: page.draft,
    path: page.path,
    revision: page.revision,
    token: page.csrf,
    onStatus,
    onMerged,
    onPresence: page.locked ? undefined : onPresence,
  });
  return { changed, save, isUnsaved, offerKept };

  function isUnsaved() {
    return writing > 0 || file.unsaved;
  }

  function changed() {
    if (page.locked) return written;
    writing++;
    written = diagram
      .write()
      .then((text) => file.changed(text))
      .finally(() => writing--);
    return written;
  }

  async function save() {
    commitField();
    await written;
    await file.flush();
  }

  function onStatus(kind, text) {
    lines.status.textContent = text;
    if (kind === "saved") onSaved();
  }

  async function onMerged(text, names) {
    await reopen(text);
    const who = names?.length ? names.join(" en ") : "een collega";
    say("info", `Wijzigingen van ${who} zijn erbij gekomen.`);
  }

  function onPresence(colleagues) {
    lines.presence.textContent = inWords(colleagues, page.path);
    const here = colleagues.filter(({ path }) => path === page.path).map(({ name }) => name);
    if (here.length && !writing) file.pull(here);
  }

  /** What an earlier visit could not save, comes back when somebody wants it. */
  function offerKept() {
    const before = file.kept;
    if (!before || before.text === page.content) return file.forget();
    const when = new Date(before.at).toLocaleString("nl-NL");
    return say("warning", `Van ${when} staan hier nog wijzigingen die niet bewaard zijn.`, [
      { label: "Terugzetten", run: () => putBack(before) },
      { label: "Weggooien", run: () => file.forget() },
    ]);
  }

  async function putBack(before) {
    await reopen(before.text);
    file.restore(before);
    await file.flush();
  }
}

function inWords(colleagues, path) {
  if (!colleagues.length) return "";
  const each = colleagues.map((one) => {
    const where = one.path === path ? "dit bestand" : one.path.split("/").at(-1);
    return `${one.name} (${where})`;
  });
  return `Ook aan het werk in dit concept: ${each.join(", ")}.`;
}
