/** Takes what a colleague changed in cells, names and terms into the open table. */
import { apply, differences, isOfDrawing } from "./differences.js";
import { staysUndoable } from "./own-work.js";

/** Tells `same` or `kept`; nothing when rules or columns came or went: then it is loaded anew. */
export async function takeIntoTable(modeler, text) {
  const viewer = modeler.getActiveViewer();
  const { rootElement } = await viewer.get("moddle").fromXML(text, "dmn:Definitions");
  const found = differences(modeler.getDefinitions(), rootElement, ({ id }) => Boolean(id));
  if (!found || found.came.length || found.gone.length) return undefined;
  const { changes } = found;
  if (!changes.length) return "same";
  if (changes.some(({ object }) => isOfDrawing(object))) return undefined;
  if (!staysUndoable(viewer.get("commandStack"), found)) return undefined;
  apply(changes);
  const registry = viewer.get("elementRegistry");
  const elements = changes.flatMap(({ owner }) => registry.get(owner.id) ?? []);
  viewer.get("eventBus").fire("elements.changed", { elements });
  return "kept";
}
