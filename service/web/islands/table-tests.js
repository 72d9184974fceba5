/** Plays the test rows that are kept against the table as it stands, and shows what it gives. */
const QUIET = 400;

export class TestRows {
  #options;
  #timer;
  #asked = null;
  #rows = [...document.querySelectorAll("[data-test-row]")];
  #typed = false;

  constructor({ draftId, path, token }) {
    this.#options = { draftId, path, token };
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
    const { draftId, path, token } = this.#options;
    try {
      const response = await fetch(`/api/v1/drafts/${draftId}/table-tests`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ path, content: text }),
        signal: this.#asked.signal,
      });
      if (!response.ok) return;
      const results = await response.json();
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
