/**
 * What is wrong with a file as it stands in an editor, asked of the server while one types.
 *
 * `onFound(findings)` gets them all; a click on one calls `onPick(finding)`. `extra(finding)` may
 * give a button: `[label, action]`.
 */
const QUIET = 250;
const SEVERITY = { error: ["Fout", "late"], warning: ["Waarschuwing", "soon"] };

export class FindingsList {
  #options;
  #timer;
  #asked = null;
  #list = document.querySelector("[data-findings]");
  #state = document.querySelector("[data-findings-state]");

  constructor({ draftId, path, token, onFound, onPick, extra }) {
    this.#options = { draftId, path, token, onFound, onPick, extra };
  }

  /** Checks this text a moment later, unless another comes first. */
  check(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(text), QUIET);
  }

  async #ask(text) {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const { draftId, path, token } = this.#options;
    try {
      const response = await fetch(`/api/v1/drafts/${draftId}/findings`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ path, content: text }),
        signal: asked.signal,
      });
      const answer = await response.json();
      if (response.ok) this.#show(answer.findings.filter((finding) => finding.file === path));
      else this.#say(answer.message);
    } catch {
      if (!asked.signal.aborted) this.#say("De controle lukt nu niet; zij komt vanzelf terug.");
    }
  }

  #say(sentence) {
    this.#state.textContent = sentence;
  }

  #show(findings) {
    const count = (severity) => findings.filter((one) => one.severity === severity).length;
    this.#say(inWords(count("error"), count("warning")));
    this.#list.replaceChildren(...findings.map((finding) => this.#item(finding)));
    this.#options.onFound(findings);
  }

  #item(finding) {
    const { onPick, extra } = this.#options;
    const [word, kind] = SEVERITY[finding.severity];
    const item = document.createElement("li");
    const badge = document.createElement("span");
    badge.className = `mr-badge mr-badge--${kind}`;
    badge.textContent = word;
    item.append(
      badge,
      button(`${finding.reason} ${finding.way_out}`, () => onPick(finding)),
    );
    const more = extra?.(finding);
    if (more) item.append(button(more[0], more[1], "utrecht-button utrecht-button--subtle"));
    return item;
  }
}

function button(text, action, className = "mr-findings__pick") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

function inWords(errors, warnings) {
  const counted = (count, one, more) => `${count} ${count === 1 ? one : more}`;
  const parts = [
    errors ? counted(errors, "fout", "fouten") : "",
    warnings ? counted(warnings, "waarschuwing", "waarschuwingen") : "",
  ].filter(Boolean);
  if (!parts.length) return "Er is niets op aan te merken.";
  const end = errors ? " Met fouten kunt u bewaren, niet publiceren." : "";
  return `${parts.join(" en ")}.${end} Klik op een bevinding om erheen te gaan.`;
}
