/**
 * Saves by itself: each change first in the browser, then on the server, until it is there.
 *
 * `document` says how to read and open what is edited: `write()` gives the text, `open(content)`
 * shows another. `revision` is that of the server from which the text here was changed.
 */
const WAIT = 900;
const RETRY = [2_000, 4_000, 8_000, 15_000];
const OFFLINE = "Niet bewaard: geen verbinding; we proberen het opnieuw.";

export function createAutosave({ api, kept, document, revision, tell, say, settle, onSaved }) {
  let at = revision;
  let changes = 0;
  let done = 0;
  let tries = 0;
  let timer;
  let running;
  addEventListener("online", () => isBehind() && save());
  return { changed, save, adopt, pull, isBehind };

  function isBehind() {
    return changes > done;
  }

  /** Somebody changed something here. */
  async function changed() {
    changes++;
    tell("Wijzigingen worden bewaard …");
    later(WAIT);
    await keep();
  }

  async function keep() {
    const content = await document.write();
    if (isBehind() && !kept.put({ revision: at, content })) {
      tell("De browser heeft geen ruimte om uw wijzigingen vast te houden.");
    }
  }

  /** Saves what is not saved yet; calls while it is busy wait for the same. */
  function save() {
    clearTimeout(timer);
    running ??= send().finally(() => {
      running = undefined;
      if (isBehind() && !tries) later(0);
    });
    return running;
  }

  async function send(prefer = null) {
    if (!isBehind()) return;
    const sent = changes;
    const content = await document.write();
    let answer;
    try {
      answer = await api.save({ content, revision: at, prefer });
    } catch (error) {
      failed(error);
      return;
    }
    tries = 0;
    if (!answer.saved) {
      const choice = await settle(answer.conflicts);
      await send(choice);
      return;
    }
    await saved(answer, content, sent);
  }

  /** With changes made meanwhile, the old revision stays what they were made from. */
  async function saved(answer, content, sent) {
    if (changes !== sent) return;
    done = sent;
    at = answer.revision;
    kept.drop();
    if (answer.content !== content) await merged(answer.content, answer.colleagues);
    tell(`Bewaard om ${clock()}.`);
    onSaved();
  }

  function failed(error) {
    if (!error.passes) {
      tell("Niet bewaard.");
      say("error", `Niet bewaard: ${error.message} Uw wijzigingen staan nog in deze browser.`);
      tries = RETRY.length;
      return;
    }
    tell(OFFLINE);
    later(RETRY[Math.min(tries++, RETRY.length - 1)]);
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  /** Goes on with a text that was changed from an earlier revision, and saves it. */
  async function adopt(content, from) {
    await document.open(content);
    at = from;
    await changed();
    await save();
  }

  /** Takes in what colleagues saved, while nothing here is unsaved. */
  async function pull(names) {
    if (isBehind() || running) return;
    const file = await api.read().catch(() => null);
    if (!file?.content || file.revision <= at || isBehind() || running) return;
    at = file.revision;
    await merged(file.content, names);
  }

  async function merged(content, names) {
    await document.open(content);
    const who = names?.length ? names.join(" en ") : "een collega";
    say("info", `Wijzigingen van ${who} zijn erbij gekomen.`);
  }
}

function clock() {
  return new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
}
