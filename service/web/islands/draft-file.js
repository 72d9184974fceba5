/**
 * Saves one file of a draft while somebody changes it, and loses no stroke.
 *
 * `changed(text)` keeps the text in the browser at once and saves it a moment later; whatever
 * fails, it is tried again. What colleagues saved meanwhile comes back through
 * `onMerged(text, names)`; where both changed the same thing, a dialog asks whose change counts.
 * Before either, `settle()` hands over what is still being typed. `onStatus(kind, text)` tells
 * `changed`, `saving`, `saved`, `offline`, `loggedOut` or `refused` with a sentence.
 */
import { askAboutConflict } from "./draft-dialogs.js";

const QUIET = 1_200;
const RETRY = [2_000, 5_000, 10_000, 30_000];
const clock = () =>
  new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export class DraftFile {
  #api;
  #options;
  #key;
  #revision;
  #text = null;
  #saved = null;
  #timer = null;
  #busy = null;
  #failures = 0;

  constructor({ api, page, settle, onMerged, onStatus }) {
    this.#api = api;
    this.#options = { settle, onMerged, onStatus };
    this.#key = `meldroute/${page.draftId}/${page.path}`;
    this.#revision = page.revision;
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
  }

  /** What this browser kept and the server never got: `{ text, revision, at }`, or nothing. */
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
    if (!this.unsaved) return;
    this.#busy = this.#save().finally(() => {
      this.#busy = null;
    });
    await this.#busy;
  }

  /** Takes in what colleagues saved, while nothing here is unsaved. */
  async pull(names) {
    const isBusy = () => this.unsaved || this.#busy;
    if (isBusy()) return;
    const file = await this.#api.read().catch(() => null);
    if (!file?.content || file.revision <= this.#revision) return;
    await this.#options.settle();
    if (isBusy()) return;
    this.#revision = file.revision;
    this.#saved = file.content;
    await this.#options.onMerged(file.content, names);
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

  async #save(choice = {}) {
    const sent = this.#text;
    this.#options.onStatus("saving", "Bezig met bewaren…");
    let answer;
    try {
      answer = await this.#api.save({ content: sent, revision: this.#revision, ...choice });
    } catch (error) {
      return this.#failed(error);
    }
    if (answer.saved) return this.#done(sent, answer);
    return this.#save({ prefer: await askAboutConflict(answer.conflicts) });
  }

  /** Typed on meanwhile: the next saving starts from the same revision, so that it is merged too. */
  async #done(sent, { revision, content, colleagues }) {
    this.#failures = 0;
    const merged = content !== sent;
    if (merged) await this.#options.settle();
    if (this.#text !== sent) {
      if (!merged) this.#revision = revision;
      this.#later(QUIET);
      return;
    }
    this.#text = null;
    this.#saved = content;
    this.#revision = revision;
    this.forget();
    if (merged) await this.#options.onMerged(content, colleagues);
    this.#options.onStatus("saved", savedAt(merged));
  }

  /** What may pass is tried again; what would be refused again waits for the next change. */
  #failed({ status, message }) {
    const here = "Uw wijziging staat in deze browser en gaat niet weg.";
    if (status === 401) return this.#again("loggedOut", `U bent uitgelogd. ${here}`);
    if (status === 0) return this.#again("offline", `Geen verbinding. ${here}`);
    if (status >= 500) return this.#again("offline", `De server is even niet bereikbaar. ${here}`);
    return this.#options.onStatus("refused", `Niet bewaard. ${message}`);
  }

  #again(kind, sentence) {
    this.#options.onStatus(kind, `${sentence} We proberen het opnieuw.`);
    this.#later(RETRY[Math.min(this.#failures, RETRY.length - 1)]);
    this.#failures += 1;
  }
}

function savedAt(merged) {
  const what = merged ? "Bewaard, samen met de wijziging van een collega" : "Bewaard";
  return `${what} om ${clock()}.`;
}
