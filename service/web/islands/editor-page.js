/** What the pages of the editors share: saving, who else is here, and what was kept before. */
import "./editor-nonce.js";
import { askToRestore } from "./draft-dialogs.js";
import { DraftFile } from "./draft-file.js";
import { pageData } from "./page-data.js";

/**
 * Opens the page for editing.
 *
 * `load(text)` shows a text in the editor; `checked(text)` is told of every text that is shown or
 * typed; `commands()` is the command stack, for the buttons that undo and redo. Gives the data of the page, and `changed(text)` for the editor to call.
 */
export async function openEditor({ load, checked, commands }) {
  const data = pageData();
  for (const part of document.querySelectorAll("[data-editor]")) part.hidden = false;
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => commands()[button.dataset.step]());
  }
  const status = document.querySelector("[data-status]");
  const say = (kind, sentence) => {
    status.dataset.status = kind;
    status.textContent = sentence;
  };
  const file = new DraftFile({
    draftId: data.draftId,
    path: data.path,
    revision: data.revision,
    token: data.token,
    onMerged: (text) => load(text).then(() => checked(text)),
    onStatus: say,
    onPresence: (colleagues) => showColleagues(colleagues, data.path),
  });
  const kept = file.kept;
  const restored = data.open && kept && kept.text !== data.text && (await askToRestore(kept));
  const text = restored ? kept.text : data.text;
  try {
    await load(text);
  } catch (error) {
    say("refused", `De editor kan dit bestand niet tekenen: ${error.message}`);
    checked(text);
    return { data, changed() {} };
  }
  if (restored) file.restore(kept);
  else file.forget();
  checked(text);
  if (!data.open)
    say("refused", "Dit concept is al gepubliceerd of weggegooid; u kunt alleen kijken.");
  return {
    data,
    changed(changed) {
      if (data.open) file.changed(changed);
      checked(changed);
    },
  };
}

function showColleagues(colleagues, path) {
  const here = colleagues.filter((one) => one.path === path).map((one) => one.name);
  const near = colleagues.filter((one) => one.path !== path).map((one) => one.name);
  const sentences = [
    here.length ? `Ook in dit bestand: ${here.join(", ")}.` : "",
    near.length ? `Ook in dit concept: ${near.join(", ")}.` : "",
  ];
  document.querySelector("[data-presence]").textContent = sentences.join(" ").trim();
}
