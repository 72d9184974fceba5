/**
 * Ids in the style of the house: `signaal_beoordelen` follows from the name "Signaal beoordelen".
 *
 * Only what was drawn here and is not yet referred to by anything outside the diagram (a form of
 * the same name) changes its id; an arrow is called `van__naar`.
 */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

/** What bpmn-js calls something new. */
const MADE_UP = /^[A-Z][A-Za-z]*_[0-9a-z]{7}$/;
const LONGEST = 60;
const NAMED = ["bpmn:FlowNode", "bpmn:DataObjectReference", "bpmn:DataStoreReference"];

class Naming {
  static $inject = ["eventBus", "modeling", "elementRegistry", "moddle"];

  constructor(eventBus, modeling, registry, moddle) {
    this._modeling = modeling;
    this._registry = registry;
    this._ids = moddle.ids;
    this._ours = new Set();
    eventBus.on(
      [
        "commandStack.element.updateLabel.postExecuted",
        "commandStack.element.updateProperties.postExecuted",
      ],
      ({ context }) => this._named(context.element.labelTarget ?? context.element),
    );
    eventBus.on(
      [
        "commandStack.connection.create.postExecuted",
        "commandStack.connection.reconnect.postExecuted",
      ],
      ({ context }) => this._connected(context.connection),
    );
  }

  _named(element) {
    const name = getBusinessObject(element).get?.("name");
    if (!name || !NAMED.some((type) => is(element, type)) || !this._mayChange(element)) return;
    this._rename(element, snake(name));
  }

  _connected(connection) {
    if (!is(connection, "bpmn:SequenceFlow") || !this._mayChange(connection)) return;
    const { source, target } = connection;
    if (!source || !target || MADE_UP.test(source.id) || MADE_UP.test(target.id)) return;
    this._rename(connection, `${source.id}__${target.id}`);
  }

  _mayChange(element) {
    return (
      (MADE_UP.test(element.id) || this._ours.has(getBusinessObject(element))) &&
      !hasFormOfItsName(element)
    );
  }

  _rename(element, wanted) {
    const object = getBusinessObject(element);
    const id = wanted && this._free(wanted, object);
    if (!id || element.id === id) return;
    this._ours.add(object);
    this._modeling.updateProperties(element, { id });
    for (const connection of [...element.incoming, ...element.outgoing])
      this._connected(connection);
  }

  /** The id, with a number when something else has it. */
  _free(wanted, object) {
    let id = wanted;
    const isTaken = () => ![false, undefined, object].includes(this._ids.assigned(id));
    for (let number = 2; isTaken(); number++) id = `${wanted}_${number}`;
    return id;
  }
}

function hasFormOfItsName(element) {
  const settings = getBusinessObject(element).get("extensionElements")?.get("values") ?? [];
  return settings.some((one) => one.$type === "zeebe:FormDefinition" && one.formId === element.id);
}

/** Small letters, digits and `_`; "Één keer?" becomes `een_keer`. */
export function snake(name) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return words
    .replace(/^(?=\d)/, "stap_")
    .slice(0, LONGEST)
    .replace(/_+$/, "");
}

export const namingModule = { __init__: ["naming"], naming: ["type", Naming] };
