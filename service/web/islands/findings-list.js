/**
 * What is wrong with a file as it stands in an editor, asked of the server while one types.
 *
 * `onFound(findings)` gets them all; a click on one calls `onPick(finding)`. `extra(finding)` may
 * give a button: `[label, action]`.
 */
const QUIET = 200;
const AGAIN = 5_000;
const SEVERITY = {
  error: { badge: "Fout", kind: "late", one: "fout", more: "fouten" },
  warning: { badge: "Waarschuwing", kind: "soon", one: "waarschuwing", more: "waarschuwingen" },
};

export class FindingsList {
  #options;
  #timer;
  #asked = null;
  #list = document.querySelector("[data-findings]");
  #state = document.querySelector("[data-findings-state]");

  constructor({ api, onFound, onPick, extra }) {
    this.#options = { api, onFound, onPick, extra };
  }

  /** Checks this text a moment later, unless another comes first. */
  check(text, wait = QUIET) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(text), wait);
  }

  async #ask(text) {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const { findings } = await this.#options.api.findings(text, signal);
      if (signal.aborted) return;
      this.#show(findings);
    } catch ({ name, status, message }) {
      if (name === "AbortError") return;
      const refused = status >= 400 && status < 500 && status !== 401;
      this.#state.textContent = refused
        ? message
        : "De controle lukt nu niet; zij komt vanzelf terug.";
      if (!refused) this.check(text, AGAIN);
    }
  }

  #show(findings) {
    this.#state.textContent = `${inWords(findings)}${aboutPublishing(findings)}`;
    const worstFirst = findings.toSorted((one, other) =>
      one.severity.localeCompare(other.severity),
    );
    this.#list.replaceChildren(...worstFirst.map((finding) => this.#item(finding)));
    this.#options.onFound(findings);
  }

  #item(finding) {
    const { onPick, extra } = this.#options;
    const { badge, kind } = SEVERITY[finding.severity];
    const item = document.createElement("li");
    const mark = document.createElement("span");
    mark.className = `mr-badge mr-badge--${kind}`;
    mark.textContent = badge;
    const pick = button(`${finding.reason} ${finding.way_out}`, () => onPick(finding));
    item.append(mark, pick);
    const more = extra?.(finding);
    if (more) item.append(button(more[0], more[1], "utrecht-button utrecht-button--subtle"));
    return item;
  }
}

/** `1 fout en 2 waarschuwingen.` */
export function inWords(findings) {
  const parts = Object.entries(SEVERITY).flatMap(([severity, { one, more }]) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count ? [`${count} ${count === 1 ? one : more}`] : [];
  });
  return parts.length ? `${parts.join(" en ")}.` : "Er is niets op aan te merken.";
}

function aboutPublishing(findings) {
  if (!findings.length) return "";
  const errors = findings.some(({ severity }) => severity === "error");
  const end = errors ? " Met fouten kunt u bewaren, niet publiceren." : "";
  return `${end} Klik op een bevinding om erheen te gaan.`;
}

function button(text, action, className = "mr-findings__pick") {
  const made = Object.assign(document.createElement("button"), { type: "button", className });
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}
