/** The editor of a diagram: draws, checks while drawing, saves by itself, works together. */
import { createApi } from "./modeler/api.js";
import { createAutosave } from "./modeler/autosave.js";
import { createChoices } from "./modeler/choices.js";
import { createModeler } from "./modeler/create.js";
import { settleConflict } from "./modeler/dialogs.js";
import { createDocument } from "./modeler/document.js";
import { connectFiles } from "./modeler/files.js";
import { createFindings } from "./modeler/findings.js";
import { createKept } from "./modeler/kept.js";
import { connectKeys, showKeys } from "./modeler/keys.js";
import { commitField, guardLeaving } from "./modeler/leaving.js";
import { createMessages } from "./modeler/messages.js";
import { giveStylesNonce } from "./modeler/nonce.js";
import { announce } from "./modeler/presence.js";
import { createSteps } from "./modeler/steps.js";
import { untranslated } from "./nl-bpmn.js";
import { pageData } from "./page-data.js";
import "./styles/modeler.css";

const page = pageData("modeler-data");
const at = (id) => document.getElementById(id);
giveStylesNonce(page.nonce);
for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
if (matchMedia("(width < 60rem)").matches) stepsFirst();
await begin();

/** On a narrow screen the list of steps is the better editor; it comes before the canvas. */
function stepsFirst() {
  at("stappen").closest("section").after(at("editor"));
}

async function begin() {
  const canvas = at("tekenvlak");
  const say = createMessages(at("meldingen"));
  const tell = (text) => {
    at("bewaard").textContent = text;
  };
  const api = createApi(page);
  const kept = createKept(page);
  const choices = createChoices(api);
  const chosen = choices.refresh();
  const modeler = await createModeler({
    canvas,
    panel: at("eigenschappen"),
    services: { api, choices, page, say },
  });
  const diagram = createDocument(modeler);
  const parts = { modeler, api, choices, page, kept, say, tell, document: diagram };
  parts.findings = createFindings({ ...parts, list: at("bevindingen") });
  parts.steps = createSteps({ ...parts, box: emptied(at("stappen")) });
  parts.autosave = createAutosave({
    ...parts,
    document: { ...diagram, open: opened },
    revision: page.revision,
    settle: settleConflict,
    onSaved: choices.refresh,
  });
  canvas.editor = { modeler, untranslated };
  try {
    await opened(page.content);
  } catch {
    say("error", "Dit diagram is geen BPMN dat de editor kan tekenen. Haal het bestand op.");
  }
  connect(parts);
  canvas.dataset.ready = "yes";
  await chosen;
  canvas.dataset.choices = "yes";

  async function opened(content) {
    const warnings = await diagram.open(content);
    parts.steps.draw();
    parts.findings.later();
    return warnings;
  }
}

function connect(parts) {
  const { modeler, api, autosave, page, kept, say, findings, steps } = parts;
  const files = connectFiles({ ...parts, input: document.querySelector("[data-file]") });
  const does = {
    save: () => autosave.save(),
    import: files.choose,
    export: files.download,
    keys: showKeys,
    undo: () => modeler.get("commandStack").undo(),
    redo: () => modeler.get("commandStack").redo(),
    search: () => modeler.get("searchPad").toggle(),
    in: () => modeler.get("zoomScroll").stepZoom(1),
    out: () => modeler.get("zoomScroll").stepZoom(-1),
    fit: () => modeler.get("canvas").zoom("fit-viewport", "auto"),
  };
  for (const button of document.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => {
      commitField();
      does[button.dataset.do]();
    });
  }
  modeler.on("commandStack.changed", ({ trigger }) => {
    if (trigger === "clear") return;
    steps.later();
    findings.later();
    if (!page.locked) autosave.changed();
  });
  connectKeys({ autosave });
  document.addEventListener("visibilitychange", () => document.hidden || parts.choices.refresh());
  if (page.locked) return;
  guardLeaving({ autosave });
  announce({ api, path: page.path, line: at("aanwezig"), onColleagues: autosave.pull });
  offerKept({ kept, page, autosave, say });
}

/** What an earlier visit could not save, comes back when somebody wants it. */
function offerKept({ kept, page, autosave, say }) {
  const before = kept.get();
  if (!before || before.content === page.content) return kept.drop();
  const when = new Date(before.at).toLocaleString("nl-NL");
  return say("warning", `Van ${when} staan hier nog wijzigingen die niet bewaard zijn.`, [
    { label: "Terugzetten", run: () => autosave.adopt(before.content, before.revision) },
    { label: "Weggooien", run: kept.drop },
  ]);
}

/** The list that the server wrote, ready for the one that can be changed. */
function emptied(box) {
  box.replaceChildren();
  return box;
}
