/** What can be undone and redone here, beside what colleagues changed. */
import { isOfDrawing, listed } from "./differences.js";

/** What belongs where and hangs on what: commands change it member by member. */
const BONDS = new Set([
  "flowElements",
  "artifacts",
  "laneSets",
  "lanes",
  "childLaneSet",
  "flowNodeRef",
  "participants",
  "messageFlows",
  "planeElement",
  "sourceRef",
  "targetRef",
  "incoming",
  "outgoing",
  "attachedToRef",
]);
/** Under these names a command tells where something hangs, and it changes nothing of that. */
const PARENTS = new Set(["parent", "newParent", "oldParent", "parentIndex"]);
const ENDS = new Set(["source", "target", "newSource", "newTarget", "oldSource", "oldTarget"]);

/** Whether undoing and redoing leave alone what a colleague did. */
export function staysUndoable(commandStack, { changes, came, gone }) {
  const { moved, touched, joined, held } = ownWork(commandStack);
  const ids = new Set([...held].map(({ id }) => id).filter(Boolean));
  if (gone.some((one) => held.has(one)) || came.some(({ id }) => ids.has(id))) return false;
  return !changes.some(({ owner, object, part, newcomers = [] }) => {
    if (newcomers.some((one) => moved.has(one))) return true;
    if (BONDS.has(part)) return moved.has(owner);
    if (touched.has(owner) || touched.has(object)) return true;
    return joined.has(owner) && isOfDrawing(object);
  });
}

/**
 * `moved` was made, moved or removed here, `touched` was changed, `joined` is what arrows were drawn
 * between, and `held` all of these with what they hang on and what was set in them.
 */
function ownWork(commandStack) {
  const [moved, touched, joined, held] = [new Set(), new Set(), new Set(), new Set()];
  for (const { command, context } of commandStack._stack) {
    if (!commandStack._getHandler(command).revert) continue;
    const drawn = [context.shape, context.connection].filter((one) => one && !one.labelTarget);
    for (const { businessObject } of drawn) moved.add(businessObject);
    for (const [name, value] of Object.entries(context)) {
      for (const one of mentioned(value)) {
        held.add(one);
        if (ENDS.has(name)) joined.add(one);
        else if (!PARENTS.has(name)) touched.add(one);
      }
    }
  }
  return { moved, touched, joined, held };
}

/** Elements and parts of the model in a value, with what these parts contain and refer to. */
function* mentioned(value, seen = new Set()) {
  if (!value || typeof value !== "object" || seen.has(value)) return;
  seen.add(value);
  if (value.businessObject) {
    yield value.businessObject;
    if (value.di) yield value.di;
  } else if (value.$type) {
    yield value;
    if (value.$instanceOf("bpmn:FlowElementsContainer")) return;
    for (const { name, isReference } of value.$descriptor.properties ?? []) {
      for (const part of listed(value.get(name))) {
        if (!part?.$type) continue;
        if (isReference) yield part;
        else yield* mentioned(part, seen);
      }
    }
  } else if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) {
    for (const part of Object.values(value)) yield* mentioned(part, seen);
  }
}
