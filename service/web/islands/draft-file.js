/**
 * Saves one file of a draft while somebody changes it, and loses no stroke.
 *
 * `changed(text)` keeps the text in the browser at once and saves it a moment later; whatever
 * fails, it is tried again. What colleagues saved meanwhile comes back through
 * `onMerged(text, names)`; where both changed the same thing, a dialog asks whose change counts.
 * `onStatus(kind, text)` tells
 * `changed`, `saving`, `saved`, `offline` or `refused` with a sentence; `onPresence(colleagues)`
 * who else is at work.
 */
import { askAboutConflict } from "./draft-dialogs.js";

const QUIET = 1_200;
const RETRY = [2_000, 5_000, 10_000, 30_000];
const PRESENCE = 10_000;
const clock = () =>
  new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export class DraftFile {
  #options;
  #revision;
  #text = null;
  #saved = null;
  #timer = null;
  #busy = null;
  #failures = 0;

  constructor({ draftId, path, revision, token, onMerged, onStatus, onPresence }) {
    this.#options = { draftId, path, token, onMerged, onStatus, onPresence };
    this.#revision = revision;
    window.addEventListener("online", () => this.#text !== null && this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.#text !== null) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
    if (onPresence) this.#tellPresence();
  }

  /** What this browser kept and the server never got: `{ text, at }`, or nothing. */
  get kept() {
    try {
      return JSON.parse(localStorage.getItem(this.#key));
    } catch {
      return null;
    }
  }

  /** Whether something here has not reached the server. */
  get unsaved() {
    return this.#text !== null;
  }

  /** Lets go of what this browser kept. */
  forget() {
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  /** Goes on from what this browser kept: as changed from the revision of then. */
  restore({ text, revision }) {
    this.#revision = revision;
    this.changed(text);
  }

  /** The file reads like this now. */
  changed(text) {
    if (text === (this.#text ?? this.#saved)) return;
    this.#text = text;
    this.#keep(text);
    if (!this.#failures) this.#options.onStatus("changed", "Nog niet bewaard…");
    this.#later(QUIET);
  }

  /** Saves now what has not been saved. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#busy) await this.#busy;
    if (this.#text === null) return;
    this.#busy = this.#save().finally(() => {
      this.#busy = null;
    });
    await this.#busy;
  }

  /** Takes in what colleagues saved, while nothing here is unsaved. */
  async pull(names) {
    if (this.unsaved || this.#busy) return;
    const where = `file?path=${encodeURIComponent(this.#options.path)}`;
    const file = await this.#fetch("GET", where).then(
      (response) => (response.ok ? response.json() : null),
      () => null,
    );
    if (!file?.content || file.revision <= this.#revision || this.unsaved || this.#busy) return;
    this.#revision = file.revision;
    this.#saved = file.content;
    await this.#options.onMerged(file.content, names);
  }

  get #key() {
    return `meldroute/${this.#options.draftId}/${this.#options.path}`;
  }

  #keep(text) {
    const kept = { text, revision: this.#revision, at: new Date().toISOString() };
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Full or forbidden: the page itself still has it, and asks before it is left.
    }
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  async #save(prefer) {
    const sent = this.#text;
    this.#options.onStatus("saving", "Bezig met bewaren…");
    const body = { path: this.#options.path, content: sent, revision: this.#revision };
    const answer = await this.#ask("PUT", "file", prefer ? { ...body, prefer } : body);
    if (answer === null) return;
    if (answer.saved) this.#done(sent, answer);
    else await this.#save(await askAboutConflict(answer.conflicts));
  }

  /** Typed on meanwhile: the next saving starts from the same revision, so that it is merged too. */
  #done(sent, { revision, content, colleagues }) {
    this.#failures = 0;
    const merged = content !== sent;
    if (this.#text !== sent) {
      if (!merged) this.#revision = revision;
      this.#later(QUIET);
      return;
    }
    this.#text = null;
    this.#saved = content;
    this.#revision = revision;
    this.forget();
    if (merged) this.#options.onMerged(content, colleagues);
    this.#options.onStatus("saved", savedAt(merged));
  }

  async #ask(method, where, body) {
    let response;
    try {
      response = await this.#fetch(method, where, body);
    } catch {
      return this.#again("Geen verbinding. Uw wijziging staat in deze browser en gaat niet weg.");
    }
    if (response.status >= 500) {
      return this.#again("De server is even niet bereikbaar. Uw wijziging staat in deze browser.");
    }
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    return this.#refused(response.status, answer);
  }

  #fetch(method, where, body) {
    return fetch(`/api/v1/drafts/${this.#options.draftId}/${where}`, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#options.token },
      body: body && JSON.stringify(body),
    });
  }

  #again(sentence) {
    this.#options.onStatus("offline", `${sentence} We proberen het opnieuw.`);
    this.#later(RETRY[Math.min(this.#failures, RETRY.length - 1)]);
    this.#failures += 1;
    return null;
  }

  /** Trying again would not help; what was typed stays in the browser, and the next change tries. */
  #refused(status, { message = "", findings = [] }) {
    const why = findings[0]?.reason ?? message;
    const said = { 400: "Laad de bladzijde opnieuw.", 401: "Log opnieuw in.", 403: message }[
      status
    ];
    this.#options.onStatus("refused", `Niet bewaard. ${said ?? why}`);
    return null;
  }

  async #tellPresence() {
    const tell = async () => {
      if (document.visibilityState === "hidden") return;
      try {
        const response = await this.#fetch("POST", "presence", { path: this.#options.path });
        if (response.ok) this.#options.onPresence(await response.json());
      } catch {
        // Saving tells that the connection is gone; this only stays as it was.
      }
    };
    await tell();
    setInterval(tell, PRESENCE);
  }
}

function savedAt(merged) {
  const what = merged ? "Bewaard, samen met de wijziging van een collega" : "Bewaard";
  return `${what} om ${clock()}.`;
}
