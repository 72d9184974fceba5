/** The editor of a form, with what is wrong shown in it, and the form as the inbox shows it. */
import "@bpmn-io/form-js/dist/assets/form-js-base.css";
import "@bpmn-io/form-js/dist/assets/form-js.css";
import "@bpmn-io/form-js/dist/assets/form-js-editor-base.css";
import "@bpmn-io/form-js/dist/assets/form-js-editor.css";
import "@bpmn-io/form-js/dist/assets/properties-panel.css";
import "./styles/editors.css";
import "./styles/form-editor.css";
import { FormEditor } from "@bpmn-io/form-js-editor";
import flatpickr from "flatpickr";
import { Dutch } from "flatpickr/dist/esm/l10n/nl.js";
import { createChoices } from "./choices.js";
import { watchDutch } from "./dutch.js";
import { editorPage, openEditor } from "./editor-page.js";
import { FindingsList } from "./findings-list.js";
import { FIELDS, OnlyWhatIsDrawn } from "./form-fields.js";
import { GROUP_NAMES, OwnPanel } from "./form-panel.js";
import { FormPreview } from "./form-preview.js";
import { takeIntoForm } from "./form-taking-in.js";
import { Marks } from "./marks.js";
import { WORDS } from "./nl-form.js";

const container = document.getElementById("formulier");
const desk = editorPage();
const { text, known, domains, codeLists } = desk.page;
const choices = createChoices(desk.api);
await choices.refresh();

flatpickr.localize(Dutch);
/** Else the key that adds a field would also reach that field, and let go of it again. */
container.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest(".fjs-palette-field")) event.preventDefault();
});
watchDutch(container, WORDS, [...Object.values(FIELDS), ...GROUP_NAMES]);
const form = new FormEditor({
  container,
  own: { known, domains, codeLists, choices },
  additionalModules: [
    {
      __init__: ["onlyWhatIsDrawn", "ownPanel"],
      onlyWhatIsDrawn: ["type", OnlyWhatIsDrawn],
      ownPanel: ["type", OwnPanel],
    },
  ],
});
const marks = new Marks(
  (id, line, ground) => `
    #formulier .fjs-element[data-id="${id}"] {
      background-color: ${ground}; box-shadow: inset 4px 0 ${line};
      outline: 2px solid transparent; /* Seen where the system chooses the colours. */
    }`,
);
const preview = new FormPreview(text);
let shown = "";
const findings = new FindingsList({
  ...desk,
  onFound(found) {
    marks.show(found);
    preview.show(shown, found);
  },
  onPick: pick,
});

let editor;
form.on("commandStack.changed", () => editor?.changed());
editor = await openEditor(desk, {
  load,
  write: written,
  takeIn: (schema) => takeIntoForm(form, JSON.parse(schema)),
  commands: () => form.get("commandStack"),
  checked(schema) {
    shown = schema;
    findings.check(schema);
  },
});
document.addEventListener("visibilitychange", () => document.hidden || choices.refresh());
container.dataset.ready = "yes";

/** Shows a text, with the same field in the panel. */
async function load(schema) {
  const [chosen] = [form.get("selection").get()].flat();
  await form.importSchema(JSON.parse(schema));
  if (chosen) form.get("selection").set(form.get("formFieldRegistry").get(chosen.id) ?? null);
}

function written() {
  const { exporter: _, ...schema } = form.saveSchema();
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Chooses the field of a finding, so that the panel shows it, and goes to the box that it names. */
function pick({ element, reason }) {
  const field = element && form.get("formFieldRegistry").get(element);
  container.scrollIntoView({ block: "nearest" });
  form.get("selection").set(field ?? null);
  const [, name] = /‘([^’]+)’/.exec(reason) ?? [];
  if (field && name) goToBox(field.id, name);
}

/** The panel of another field, and a part of it that was closed, take a moment to be there. */
function goToBox(id, name, tries = 20) {
  const boxes = [...container.querySelectorAll(`[data-entry-id^="${CSS.escape(id)}-"]`)];
  const box = boxes.find((one) => one.querySelector("label")?.textContent === name);
  const group = box?.closest(".bio-properties-panel-group");
  group?.querySelector(".bio-properties-panel-group-header:not(.open)")?.click();
  const target = box?.querySelector("input, textarea, select, .cm-content");
  target?.focus();
  if (tries && document.activeElement !== target) setTimeout(goToBox, 50, id, name, tries - 1);
}
