/** The editor of a decision table, with what is wrong shown in it, and its test rows replayed. */
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import "./styles/editors.css";
import "./styles/table-editor.css";
import DmnModeler from "dmn-js/lib/Modeler";
import { watchDutch } from "./dutch.js";
import { editorPage, openEditor } from "./editor-page.js";
import { FindingsList } from "./findings-list.js";
import { Marks } from "./marks.js";
import { WORDS } from "./nl-dmn.js";
import { takeIntoTable } from "./table-taking-in.js";
import { TestRows } from "./table-tests.js";

const container = document.getElementById("tabel");
const desk = editorPage();

/** What our decisions do not run, or what says nothing to them. */
const NOT_OURS = ["knowledge-source", "business-knowledge-model"];

class OnlyWhatRuns {
  static $inject = ["injector"];

  constructor(injector) {
    injector.get("palette", false)?.registerProvider(500, this);
    injector.get("contextPad", false)?.registerProvider(500, this);
  }

  getPaletteEntries() {
    return without;
  }

  getContextPadEntries() {
    return without;
  }
}

const without = (entries) =>
  Object.fromEntries(
    Object.entries(entries).filter(([key]) => !NOT_OURS.some((name) => key.endsWith(name))),
  );

const dutch = {
  translate: [
    "value",
    (template, replacements = {}) =>
      (WORDS[template] ?? template).replace(/\{\s*(\w+)\s*\}/g, (whole, key) =>
        key in replacements ? replacements[key] : whole,
      ),
  ],
};
const onlyWhatRuns = { __init__: ["onlyWhatRuns"], onlyWhatRuns: ["type", OnlyWhatRuns] };
const modules = { additionalModules: [dutch] };

/** Else the page takes the focus, at which a list of options closes before it hears the click. */
container.addEventListener(
  "mousedown",
  (event) => {
    if (event.target.closest(".dms-select-options")) event.preventDefault();
  },
  true,
);
/** With this the library measures how wide letters are; nobody sees it. */
const MEASURE = "abc def ghi jkl mno pqr stu";
watchDutch(container, WORDS, [MEASURE]);
const modeler = new DmnModeler({
  container,
  height: "100%",
  common: { expressionLanguages: { options: [{ value: "feel", label: "FEEL" }] } },
  drd: { additionalModules: [dutch, onlyWhatRuns] },
  decisionTable: modules,
  literalExpression: modules,
  boxedExpression: modules,
});
const marks = new Marks(
  (id, line, ground) => `
    #tabel [data-row-id="${id}"], #tabel td[data-element-id="${id}"],
    #tabel th[data-element-id="${id}"], #tabel [data-col-id="${id}"].input-cell {
      background-color: ${ground}; box-shadow: inset 4px 0 ${line};
      outline: 2px solid transparent; /* Seen where the system chooses the colours. */
    }
    #tabel .djs-element[data-element-id="${id}"] .djs-visual > rect { stroke: ${line} !important; }`,
);
const findings = new FindingsList({
  ...desk,
  onFound: (found) => marks.show(found),
  onPick: ({ element }) => goTo(element),
  extra: ({ code, element }) => code === "gap" && ["Regel toevoegen", () => addRule(element)],
});
const tests = new TestRows(desk);

let editor;
modeler.on("viewer.created", ({ viewer }) => {
  viewer.on("commandStack.changed", () => editor?.changed());
});
modeler.on("views.changed", showViews);

editor = await openEditor(desk, {
  load: show,
  write: async () => (await modeler.saveXML({ format: true })).xml,
  takeIn: (text) => takeIntoTable(modeler, text),
  commands: () => modeler.getActiveViewer().get("commandStack"),
  checked(text) {
    findings.check(text);
    tests.play(text);
  },
});
container.dataset.ready = "yes";

/** Shows a text, in the view that was open, else in that of the first decision. */
async function show(text) {
  const before = modeler.getActiveView()?.element.id;
  await modeler.importXML(text, { open: false });
  const views = modeler.getViews();
  const view =
    views.find((one) => one.element.id === before) ??
    views.find((one) => one.type === "decisionTable") ??
    views[0];
  await modeler.open(view);
}

function showViews() {
  const active = modeler.getActiveView();
  const buttons = modeler.getViews().map((view) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = view.type === "drd" ? "Overzicht" : view.name || view.id;
    if (view.element === active?.element) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => modeler.open(view));
    item.append(button);
    return item;
  });
  document.querySelector("[data-views]").replaceChildren(...buttons);
}

/** Opens the view that holds an element, and puts the focus on it. */
async function goTo(id) {
  const view = viewOf(id);
  if (view && view !== modeler.getActiveView()) await modeler.open(view);
  const viewer = modeler.getActiveViewer();
  container.scrollIntoView({ block: "nearest" });
  const found = id && viewer.get("elementRegistry", false)?.get(id);
  if (!found) return;
  const target = found.cells?.[0] ?? found;
  viewer.get("selection").select(target);
  viewer.get("canvas", false)?.scrollToElement?.(target);
}

/** A finding is about a part of one decision, or about something in the overview. */
function viewOf(id) {
  const views = modeler.getViews();
  return views.find(({ element }) => id && holds(element, id)) ?? modeler.getActiveView();
}

function holds(element, id) {
  const parts = [element];
  const seen = new Set();
  while (parts.length) {
    const part = parts.pop();
    if (!part?.$type || seen.has(part)) continue;
    seen.add(part);
    if (part.id === id) return part !== element || element.$type !== "dmn:Definitions";
    if (part.$type === "dmn:Decision" && part !== element) continue;
    for (const { name } of part.$descriptor.properties) {
      const value = part[name];
      parts.push(...(Array.isArray(value) ? value : [value]));
    }
  }
  return false;
}

async function addRule(table) {
  await goTo(table);
  const viewer = modeler.getActiveViewer();
  const rule = viewer.get("editorActions").trigger("addRule");
  viewer.get("selection").select(rule.cells[0]);
}
