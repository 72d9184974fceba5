/** The editor of a diagram: draws, checks while drawing, saves by itself, works together. */
import "./editor-nonce.js";
import { createApi } from "./modeler/api.js";
import { createChoices } from "./modeler/choices.js";
import { createModeler } from "./modeler/create.js";
import { createDocument } from "./modeler/document.js";
import { connectFiles } from "./modeler/files.js";
import { createFindings } from "./modeler/findings.js";
import { connectKeys, showKeys } from "./modeler/keys.js";
import { commitField, guardLeaving } from "./modeler/leaving.js";
import { createMessages } from "./modeler/messages.js";
import { createSaving } from "./modeler/saving.js";
import { createSteps } from "./modeler/steps.js";
import { untranslated } from "./nl-bpmn.js";
import { pageData } from "./page-data.js";
import "./styles/modeler.css";

const page = pageData("modeler-data");
const at = (id) => document.getElementById(id);
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
  const api = createApi(page);
  const choices = createChoices(api);
  const chosen = choices.refresh();
  const modeler = await createModeler({
    canvas,
    panel: at("eigenschappen"),
    services: { api, choices, page, say },
  });
  const diagram = createDocument(modeler);
  const parts = { modeler, api, choices, page, say, document: diagram };
  parts.findings = createFindings({ ...parts, list: at("bevindingen") });
  parts.steps = createSteps({ ...parts, box: emptied(at("stappen")) });
  parts.saving = createSaving({
    ...parts,
    lines: { status: at("bewaard"), presence: at("aanwezig") },
    reopen: opened,
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
  const { modeler, choices, saving, findings, steps } = parts;
  const { changed, save, isUnsaved } = saving;
  const files = connectFiles({ ...parts, changed, input: document.querySelector("[data-file]") });
  const does = {
    save,
    import: files.choose,
    export: files.download,
    keys: showKeys,
    undo: () => modeler.get("commandStack").undo(),
    redo: () => modeler.get("commandStack").redo(),
    search: openSearch,
    in: () => modeler.get("zoomScroll").stepZoom(1),
    out: () => modeler.get("zoomScroll").stepZoom(-1),
    fit: () => modeler.get("canvas").zoom("fit-viewport", "auto"),
  };
  /** The click that opens it must not reach the page: a click outside closes it. */
  function openSearch(event) {
    event.stopPropagation();
    modeler.get("searchPad").toggle();
  }
  for (const button of document.querySelectorAll("[data-do]")) {
    button.addEventListener("click", (event) => {
      commitField();
      does[button.dataset.do](event);
    });
  }
  modeler.on("commandStack.changed", ({ trigger }) => {
    if (trigger === "clear") return;
    steps.later();
    findings.later();
    changed();
  });
  document.addEventListener("visibilitychange", () => document.hidden || choices.refresh());
  connectKeys({ save });
  if (page.locked) return;
  guardLeaving({ save, isUnsaved });
  saving.offerKept();
}

/** The list that the server wrote, ready for the one that can be changed. */
function emptied(box) {
  box.replaceChildren();
  return box;
}
