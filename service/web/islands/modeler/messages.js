/** Tells what happened, above the canvas; a newer message takes the place of an older. */
export function createMessages(box) {
  box.setAttribute("role", "status");
  return function say(kind, text, buttons = []) {
    const alert = document.createElement("div");
    alert.className = `mr-alert mr-alert--${kind}`;
    const body = document.createElement("div");
    body.className = "mr-alert__body";
    const sentence = document.createElement("p");
    sentence.textContent = text;
    body.append(sentence, row([...buttons, { label: "Sluiten", run: () => {} }]));
    alert.append(body);
    box.replaceChildren(alert);

    function row(shown) {
      const actions = document.createElement("div");
      actions.className = "mr-actions";
      for (const { label, run } of shown) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "utrecht-button utrecht-button--secondary-action";
        button.textContent = label;
        button.addEventListener("click", () => {
          box.replaceChildren();
          run();
        });
        actions.append(button);
      }
      return actions;
    }
  };
}
