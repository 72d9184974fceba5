/** The panel of the form editor: what the product does with a field, and nothing that it does not. */
import { read } from "./form-entries.js";
import { readable } from "./form-fields.js";
import { careOf, checksOf, choicesOf } from "./form-panel/answers.js";
import { generalOf } from "./form-panel/general.js";
import { oneOf, rowsOf, shownOf } from "./form-panel/showing.js";

/** The parts of the panel, in their order: what each is called, what is in it, how it begins. */
const GROUPS = {
  general: { label: "Algemeen", boxes: generalOf, isOpen: true },
  choices: { label: "Keuzes", boxes: choicesOf, isOpen: true },
  care: { label: "Zorgvuldig omgaan met het antwoord", boxes: careOf, isOpen: true },
  required: { label: "Verplicht en controle", boxes: checksOf, isOpen: false },
  rows: { label: "Rijen", boxes: rowsOf, isOpen: true },
  oneOf: { label: "Eén van deze is verplicht", boxes: oneOf, isOpen: false },
  shown: { label: "Tonen en voorstel", boxes: shownOf, isOpen: false },
};

export const GROUP_NAMES = Object.values(GROUPS).map(({ label }) => label);

/** What is shown for a field of some type. */
export class OwnPanel {
  static $inject = [
    "propertiesPanel",
    "pathRegistry",
    "formFieldRegistry",
    "formEditor",
    "eventBus",
    "config.own",
  ];

  constructor(propertiesPanel, paths, registry, formEditor, eventBus, own) {
    const { choices } = own;
    this._desk = { own, paths, schema: () => formEditor._getState().schema };
    this._formulas = {
      reads: (field) => [...readable(field, registry, paths), ...choices.now.variables],
      functions: () => choices.now.functions,
    };
    propertiesPanel.registerProvider(this, 1);
    choices.onChange(() => eventBus.fire("propertiesPanel.providersChanged"));
  }

  /** Takes the place of every group of the library. */
  getGroups(field, edit) {
    const entriesOf = (boxes) =>
      boxes(field, edit, this._desk)
        .filter(Boolean)
        .map((box) => this._entry(box, field, edit));
    return () =>
      Object.entries(GROUPS)
        .map(([id, { label, boxes, isOpen }]) => ({
          id,
          label,
          shouldOpen: isOpen,
          entries: entriesOf(boxes),
        }))
        .filter(({ entries }) => entries.length);
  }

  /** Another field gets other boxes, so that what was typed in one never lands in the other. */
  _entry({ path, name = path, ...box }, field, edit) {
    const id = `${field.id}-${name}`.replaceAll(".", "-");
    const isEdited = () => read(field, path) !== undefined;
    return { isEdited, ...box, id, path, field, edit, formulas: this._formulas };
  }
}
