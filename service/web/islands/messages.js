/** Tells what happened, above the editor; a newer message takes the place of an older. */
export function createMessages(box) {
  box.setAttribute("role", "status");
  return function say(kind, text, choices = []) {
    const alert = made("div", `mr-alert mr-alert--${kind}`);
    const body = made("div", "mr-alert__body");
    const actions = made("div", "mr-actions");
    actions.append(...[...choices, { label: "Sluiten", run: () => {} }].map(choice));
    body.append(Object.assign(document.createElement("p"), { textContent: text }), actions);
    alert.append(body);
    box.replaceChildren(alert);
  };

  /** A button that does something, or a link to another tab: nothing here is lost by looking. */
  function choice({ label, run, href }) {
    if (href) {
      const link = made("a", "utrecht-button utrecht-button--secondary-action utrecht-button--a");
      return Object.assign(link, { href, target: "_blank", rel: "noopener", textContent: label });
    }
    const button = made("button", "utrecht-button utrecht-button--secondary-action");
    button.addEventListener("click", () => {
      box.replaceChildren();
      run();
    });
    return Object.assign(button, { type: "button", textContent: label });
  }
}

const made = (name, className) => Object.assign(document.createElement(name), { className });
