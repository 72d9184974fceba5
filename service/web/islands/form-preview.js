/** The form in a frame, drawn by the server as the inbox draws it; wide or as on a telephone. */
export class FormPreview {
  #frame = document.querySelector("iframe[name=voorbeeld]");
  #form = document.getElementById("voorbeeld-sturen");
  #state = document.querySelector("[data-preview-state]");
  #shown;

  /** The frame shows `text` to begin with. */
  constructor(text) {
    this.#shown = text;
    const buttons = document.querySelectorAll("button[data-width]");
    for (const button of buttons) {
      button.addEventListener("click", () => {
        this.#frame.dataset.width = button.dataset.width;
        for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
      });
    }
  }

  /** Draws a text, unless its findings say that it cannot be drawn. */
  show(text, findings) {
    const broken = findings.some(({ severity }) => severity === "error");
    this.#state.textContent = broken ? "Dit is het voorbeeld van voor de fout." : "";
    if (broken || text === this.#shown) return;
    this.#shown = text;
    this.#form.querySelector("input:last-of-type").value = text;
    this.#form.submit();
  }
}
