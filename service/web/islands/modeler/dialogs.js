/** Questions to the user that must be answered before anything else: native dialogs. */

/** Shows a title and paragraphs; gives the value of the button that was chosen. */
export function ask({ title, paragraphs, items = [], buttons, closable = false }) {
  const dialog = element("dialog", { className: "mr-dialog" });
  const heading = element("h2", { className: "utrecht-heading-2", textContent: title });
  heading.id = "dialoog-kop";
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading, ...paragraphs.map((textContent) => element("p", { textContent })));
  if (items.length) {
    const list = element("ul");
    list.append(...items.map((textContent) => element("li", { textContent })));
    dialog.append(list);
  }
  const row = element("div", { className: "mr-actions" });
  dialog.append(row);
  document.body.append(dialog);
  return new Promise((resolve) => {
    for (const { value, label, primary } of buttons) {
      const kind = primary ? "primary" : "secondary";
      const className = `utrecht-button utrecht-button--${kind}-action`;
      const button = element("button", { type: "button", className, textContent: label });
      button.addEventListener("click", () => dialog.close(value));
      row.append(button);
    }
    dialog.addEventListener("cancel", (event) => closable || event.preventDefault());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    dialog.showModal();
  });
}

/** Both changed the same: mine or theirs. */
export function settleConflict(conflicts) {
  return ask({
    title: "U en een collega wijzigden hetzelfde",
    paragraphs: ["Alle andere wijzigingen zijn samengevoegd. Kies wat er bij het volgende geldt."],
    items: conflicts,
    buttons: [
      { value: "mine", label: "Mijn wijziging gebruiken", primary: true },
      { value: "theirs", label: "Die van mijn collega gebruiken" },
    ],
  });
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
