/** What the pages of the editors share: saving, who else is here, and what was kept before. */
import "./editor-nonce.js";
import { createApi } from "./draft-api.js";
import { askToRestore } from "./draft-dialogs.js";
import { DraftFile } from "./draft-file.js";
import { commitField, guardLeaving } from "./leaving.js";
import { createMessages } from "./messages.js";
import { pageData } from "./page-data.js";
import { rememberPlace } from "./place.js";

const PRESENCE = 10_000;

/** The data of the page, what asks the server about its file, and what tells what happened. */
export function editorPage() {
  const page = pageData();
  const say = createMessages(document.querySelector("[data-messages]"));
  return { page, api: createApi(page), say };
}

/**
 * Opens the page for editing.
 *
 * `load(text)` shows a text in the editor, and `write()` gives the one that it shows; `checked(text)`
 * is told of every text that is shown or made; `commands()` is the command stack. What may be left
 * out: `takeIn(text)` shows what colleagues made of it, which waits while something `isInHand()`,
 * and tells `same`, `kept` or `anew` of what can be undone; nothing when it must be loaded anew;
 * `does` has what other buttons do; `onSaved()` hears of each saving. Gives what the editor calls
 * after each change: `changed()`.
 */
export async function openEditor({ page, api, say }, editor) {
  const { load, write, checked, takeIn = () => {}, isInHand = () => false } = editor;
  const { commands, does = {}, onSaved } = editor;
  let loading = false;
  let loggedOut = false;
  let writing = 0;
  let written = Promise.resolve();
  const file = new DraftFile({ api, page, settle, onMerged, onStatus });
  for (const part of document.querySelectorAll("[data-editor]")) part.hidden = false;
  connectButtons({
    save,
    undo: () => commands().undo(),
    redo: () => commands().redo(),
    ...does,
  });
  if (!page.open) {
    onStatus("refused", "Dit concept is al gepubliceerd of weggegooid; u kunt alleen kijken.");
  }
  await begin();
  return { changed };

  async function begin() {
    const kept = page.open && file.kept;
    const restored = kept && kept.text !== page.text && (await askToRestore(kept));
    const text = restored ? kept.text : page.text;
    try {
      await show(text);
    } catch {
      return isBroken(text);
    }
    checked(text);
    if (!page.open) return;
    if (restored) file.restore(kept);
    else file.forget();
    guardLeaving({ save, isUnsaved: () => writing > 0 || file.unsaved });
    bePresent();
  }

  /** Nothing to draw in, and nothing to save: what there is, stays as it is. */
  function isBroken(text) {
    checked(text);
    document.querySelector("[data-room]").hidden = true;
    for (const button of document.querySelectorAll("[data-do]")) button.disabled = true;
    const sentence =
      "De editor kan dit bestand niet tekenen. Onder ‘Controle’ staat wat eraan schort. " +
      "Zet een eerdere versie terug, of lees het bestand verbeterd in bij het concept.";
    say("error", sentence, [{ label: "Eerdere versies", href: page.versions }]);
  }

  async function show(text) {
    loading = true;
    try {
      await load(text);
    } finally {
      loading = false;
    }
  }

  /** What is shown by loading is no change. */
  function changed() {
    if (loading) return written;
    writing++;
    written = Promise.resolve(write())
      .then((text) => {
        if (page.open) file.changed(text);
        checked(text);
      })
      .finally(() => writing--);
    return written;
  }

  async function settle() {
    await commitField();
    await written;
  }

  async function save() {
    await settle();
    await file.flush();
  }

  function onStatus(kind, sentence) {
    const line = document.querySelector("[data-status]");
    line.dataset.status = kind;
    line.textContent = sentence;
    if (kind === "loggedOut" && !loggedOut) {
      say("warning", "Log in een ander tabblad in; daarna wordt hier vanzelf bewaard.", [
        { label: "Inloggen in een ander tabblad", href: "/inloggen" },
      ]);
    }
    if (kind === "saved" && loggedOut) say("ok", "U bent weer ingelogd. Alles is bewaard.");
    if (kind === "saved") onSaved?.();
    if (kind !== "saving") loggedOut = kind === "loggedOut";
  }

  async function onMerged(text, names) {
    if (text === (await write())) return;
    const undo = (await takeIn(text)) ?? (await loadAnew(text));
    if (undo === "same") return;
    checked(text);
    const who = names.length ? names.join(" en ") : "een collega";
    const sentence = `Wijzigingen van ${who} zijn erbij gekomen.`;
    if (undo === "kept") return say("info", sentence);
    say("info", `${sentence} Ongedaan maken begint hier opnieuw.`, [
      { label: "Eerdere versies", href: page.versions },
    ]);
  }

  async function loadAnew(text) {
    const place = rememberPlace(document.querySelector("[data-room]"));
    await show(text);
    place.restore();
    return "anew";
  }

  function bePresent() {
    const tell = async () => {
      if (document.hidden) return;
      const colleagues = await api.present().catch(() => null);
      if (!colleagues) return; // Saving tells that the connection is gone.
      const here = namesOf(colleagues, (path) => path === page.path);
      const near = namesOf(colleagues, (path) => path !== page.path);
      const sentences = [
        here.length ? `Ook in dit bestand: ${here.join(", ")}.` : "",
        near.length ? `Ook in dit concept: ${near.join(", ")}.` : "",
      ];
      document.querySelector("[data-presence]").textContent = sentences.join(" ").trim();
      if (here.length && !isInHand()) file.pull(here);
    };
    tell();
    setInterval(tell, PRESENCE);
    document.addEventListener("visibilitychange", tell);
  }
}

function connectButtons(does) {
  for (const button of document.querySelectorAll("[data-do]")) {
    button.addEventListener("click", (event) => {
      commitField();
      does[button.dataset.do](event);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    does.save();
  });
}

const namesOf = (colleagues, fits) =>
  colleagues.filter(({ path }) => fits(path)).map(({ name }) => name);
