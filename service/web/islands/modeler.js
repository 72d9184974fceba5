/** The editor of a diagram: draws, checks while drawing, saves by itself, works together. */
import { createChoices } from "./choices.js";
import { editorPage, openEditor } from "./editor-page.js";
import { createModeler } from "./modeler/create.js";
import { createDocument } from "./modeler/document.js";
import { connectFiles } from "./modeler/files.js";
import { createFindings } from "./modeler/findings.js";
import { showKeys } from "./modeler/keys.js";
import { createSteps } from "./modeler/steps.js";
import { untranslated } from "./nl-bpmn.js";
import "./styles/editors.css";
import "./styles/modeler.css";

const at = (id) => document.getElementById(id);
if (matchMedia("(width < 60rem)").matches) stepsFirst();
await begin();

/** On a narrow screen the list of steps is the better editor; it comes before the canvas. */
function stepsFirst() {
  at("stappen").closest("section").after(at("editor"));
}

async function begin() {
  const canvas = at("tekenvlak");
  const desk = editorPage();
  const choices = createChoices(desk.api);
  const chosen = choices.refresh();
  const modeler = await createModeler({
    canvas,
    panel: at("eigenschappen"),
    services: { ...desk, choices },
  });
  const diagram = createDocument(modeler);
  const parts = { ...desk, modeler, choices, document: diagram };
  const findings = createFindings({ ...parts, panel: at("eigenschappen") });
  const steps = createSteps({ ...parts, box: emptied(at("stappen")) });
  const files = connectFiles({ ...parts, changed, input: document.querySelector("[data-file]") });
  canvas.editor = { modeler, diagram, untranslated };
  modeler.on("commandStack.changed", changed);
  let editor;
  editor = await openEditor(desk, {
    load: diagram.open,
    write: diagram.write,
    takeIn: diagram.takeIn,
    isInHand: diagram.isInHand,
    checked(text) {
      steps.later();
      findings.check(text);
    },
    commands: () => modeler.get("commandStack"),
    onSaved: choices.refresh,
    does: {
      import: files.choose,
      export: files.download,
      keys: showKeys,
      search: openSearch,
      in: () => modeler.get("zoomScroll").stepZoom(1),
      out: () => modeler.get("zoomScroll").stepZoom(-1),
      fit: () => modeler.get("canvas").zoom("fit-viewport", "auto"),
    },
  });
  document.addEventListener("visibilitychange", () => document.hidden || choices.refresh());
  canvas.dataset.ready = "yes";
  await chosen;
  canvas.dataset.choices = "yes";

  function changed() {
    return editor?.changed();
  }

  /** The click that opens it must not reach the page: a click outside closes it. */
  function openSearch(event) {
    event.stopPropagation();
    modeler.get("searchPad").toggle();
  }
}

/** The list that the server wrote, ready for the one that can be changed. */
function emptied(box) {
  box.replaceChildren();
  return box;
}
