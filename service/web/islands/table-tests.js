/** Plays the test rows that are kept against the table as it stands, and shows what it gives. */
const QUIET = 400;

export class TestRows {
  #api;
  #timer;
  #asked = null;
  #rows = [...document.querySelectorAll("[data-test-row]")];
  #typed = false;

  constructor({ api }) {
    this.#api = api;
    document.getElementById("toetsformulier")?.addEventListener("input", () => {
      this.#typed = true;
    });
  }

  /** Plays them a moment later, unless another text comes first. */
  play(text) {
    clearTimeout(this.#timer);
    if (this.#rows.length) this.#timer = setTimeout(() => this.#ask(text), QUIET);
  }

  /** Rows that were typed and not kept are left alone: the server does not know them. */
  async #ask(text) {
    if (this.#typed) return;
    this.#asked?.abort();
    this.#asked = new AbortController();
    try {
      const results = await this.#api.tests(text, this.#asked.signal);
      if (results.length !== this.#rows.length) return;
      for (const [at, result] of results.entries()) this.#show(result, at);
    } catch {
      // What was shown stays; the line above the table tells that the connection is gone.
    }
  }

  #show({ passed, got, problem }, at) {
    const badge = document.createElement("span");
    badge.className = `mr-badge mr-badge--${passed ? "good" : "late"}`;
    badge.textContent = passed ? "Klopt" : "Klopt niet";
    const said = document.createElement(problem ? "span" : "code");
    said.textContent = problem || got;
    this.#rows[at].querySelector("[data-got]").replaceChildren(badge, " ", said);
  }
}
