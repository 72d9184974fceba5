/**
 * Takes what colleagues changed into the open diagram, without letting go of what can be undone.
 *
 * It goes straight into the model and onto the canvas, past the command stack: undo takes back what
 * was done here, not what a colleague did. Where the two would get in each other's way, what could
 * be undone is let go of. Only a diagram that is another one as a whole must be opened anew.
 */
import { apply, differences } from "../differences.js";
import { staysUndoable } from "../own-work.js";
import { createRedrawing, Undrawable } from "./redrawing.js";

/** With another of these, a diagram or a part of it is drawn on another ground. */
const GROUNDS = new Set(["diagrams", "plane", "isExpanded"]);

/** `takeIn(text)` tells `same`, `kept` or `anew` of what can be undone; nothing when it cannot. */
export function createTakingIn(modeler) {
  const commandStack = modeler.get("commandStack");
  const { ids } = modeler.get("moddle");
  const redraw = createRedrawing(modeler);
  const registry = modeler.get("elementRegistry");
  return takeIn;

  async function takeIn(text) {
    const { rootElement } = await modeler.get("moddle").fromXML(text);
    const definitions = modeler.getDefinitions();
    const isWhole = (object) =>
      object.$parent === definitions || registry.get(object.id)?.businessObject === object;
    const found = differences(definitions, rootElement, isWhole);
    try {
      return found && change(found);
    } catch (error) {
      if (error instanceof Undrawable) return undefined;
      throw error;
    }
  }

  function change(found) {
    const { changes, came, gone } = found;
    if (!changes.length) return "same";
    const isNew = new Set(came);
    if (changes.some((one) => isGround(one) && !isNew.has(one.object))) return undefined;
    const stays = staysUndoable(commandStack, found);
    apply(changes);
    for (const { id } of gone) if (id) ids.unclaim(id);
    for (const one of came) if (one.id) ids.claim(one.id, one);
    redraw(found);
    if (stays) return "kept";
    commandStack.clear(false);
    return "anew";
  }
}

const isGround = ({ object, part }) =>
  GROUNDS.has(part) || (part === "bpmnElement" && object.$type === "bpmndi:BPMNPlane");
