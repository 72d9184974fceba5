/** What an editor of a draft asks: whose change counts, and what to do with what was kept. */

/** Both changed the same thing: resolves to `"mine"` or `"theirs"`. */
export function askAboutConflict(sentences) {
  return ask({
    title: "Een collega wijzigde hetzelfde",
    text: "Wat u beiden anders wijzigde, staat hieronder. De andere wijzigingen blijven allebei.",
    sentences,
    choices: [
      ["mine", "Mijn wijziging houden"],
      ["theirs", "Die van mijn collega houden"],
    ],
  });
}

/** This browser has kept something that was never saved: resolves to whether to go on with it. */
export async function askToRestore({ at }) {
  const when = new Date(at).toLocaleString("nl-NL", { dateStyle: "long", timeStyle: "short" });
  const choice = await ask({
    title: "Niet bewaard werk gevonden",
    text: `In deze browser staat een wijziging van ${when} die de server niet heeft bereikt.`,
    sentences: [],
    choices: [
      ["restore", "Wijziging terughalen"],
      ["drop", "Wijziging weggooien"],
    ],
  });
  return choice === "restore";
}

/**
 * A dialog that is only left by choosing; when it is `closable`, Escape chooses nothing. A browser
 * lets a second Escape through in any case: then it is asked again.
 */
export function ask({ title, text, sentences, choices, closable = false }) {
  const dialog = document.createElement("dialog");
  dialog.className = "mr-dialog";
  dialog.setAttribute("aria-labelledby", "vraag-titel");
  dialog.append(
    element("h2", { id: "vraag-titel", className: "utrecht-heading-3", textContent: title }),
    element("p", { textContent: text }),
  );
  if (sentences.length) {
    const list = element("ul", {});
    list.append(...sentences.map(named));
    dialog.append(list);
  }
  const buttons = element("div", { className: "mr-actions" });
  dialog.append(buttons);
  dialog.addEventListener("cancel", (event) => closable || event.preventDefault());
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (!closable && !dialog.returnValue) return dialog.showModal();
      dialog.remove();
      resolve(dialog.returnValue);
    });
    for (const [value, label] of choices) {
      const button = element("button", {
        type: "button",
        className: "utrecht-button utrecht-button--secondary-action",
        textContent: label,
      });
      button.addEventListener("click", () => dialog.close(value));
      buttons.append(button);
    }
    dialog.showModal();
  });
}

/** A line in which what stands between asterisks is the name of something. */
function named(sentence) {
  const line = element("li", {});
  line.append(
    ...sentence
      .split(/\*(?=\S)([^*]+?)(?<=\S)\*/)
      .map((part, at) => (at % 2 ? element("strong", { textContent: part }) : part)),
  );
  return line;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
