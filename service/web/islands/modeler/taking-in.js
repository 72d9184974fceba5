/**
 * Takes what colleagues changed into the open diagram, without letting go of what can be undone.
 *
 * It goes straight into the model, past the command stack: undo takes back what was done here, not
 * what a colleague did. That holds for properties and places of elements that nobody changed here.
 * Where something came, went, was connected otherwise or was changed by both, `takeIn` tells that
 * the diagram must be loaded anew.
 */
import { getBusinessObject, getDi } from "bpmn-js/lib/util/ModelUtil";

/** What is drawn one by one: with another member it is another drawing. */
const DRAWN = new Set([
  "rootElements",
  "flowElements",
  "artifacts",
  "laneSets",
  "lanes",
  "childLaneSet",
  "participants",
  "messageFlows",
  "diagrams",
  "plane",
  "planeElement",
  "isExpanded",
  "isHorizontal",
]);

class OtherDrawing extends Error {}

/** `takeIn(text)` tells `same`, `kept` (taken in) or `anew` (nothing done). */
export function createTakingIn(modeler) {
  const eventBus = modeler.get("eventBus");
  let changedHere = new WeakSet();
  let isTheirs = false;
  eventBus.on("import.done", () => {
    changedHere = new WeakSet();
  });
  eventBus.on("elements.changed", ({ elements }) => {
    if (!isTheirs) for (const one of elements) changedHere.add(getBusinessObject(one));
  });
  return takeIn;

  async function takeIn(text) {
    const { rootElement } = await modeler.get("moddle").fromXML(text);
    try {
      const changes = [...differences(modeler.getDefinitions(), rootElement)];
      if (!changes.length) return "same";
      const owners = new Set(changes.map(({ owner }) => owner).filter(Boolean));
      if ([...owners].some((owner) => changedHere.has(owner))) return "anew";
      for (const { object, name, value } of changes) object.set(name, value);
      redraw([...owners]);
      return "kept";
    } catch (error) {
      if (error instanceof OtherDrawing) return "anew";
      throw error;
    }
  }

  function redraw(owners) {
    const registry = modeler.get("elementRegistry");
    const elements = owners.map(({ id }) => registry.get(id)).filter(Boolean);
    const labels = elements.flatMap((element) => element.labels ?? []);
    for (const element of [...elements, ...labels]) place(element);
    isTheirs = true;
    eventBus.fire("elements.changed", { elements: [...elements, ...labels] });
    isTheirs = false;
  }
}

/** The canvas keeps places of its own, beside those of the model. */
function place(element) {
  const di = getDi(element);
  const bounds = element.labelTarget ? di.label?.bounds : di.bounds;
  if (bounds) {
    const { x, y, width, height } = bounds;
    Object.assign(element, { x, y, width, height });
  }
  if (element.waypoints) element.waypoints = di.waypoint.map(({ x, y }) => ({ x, y }));
}

/** What to set in our objects, each with the element that it belongs to. */
function* differences(mine, theirs, owner) {
  const own = mine.bpmnElement ?? (mine.$instanceOf("bpmn:BaseElement") && mine.id ? mine : owner);
  const names = (object) => Object.keys(object.$attrs).filter((name) => !name.startsWith("xmlns"));
  for (const name of new Set([...names(mine), ...names(theirs)])) {
    const value = theirs.$attrs[name];
    if (mine.$attrs[name] !== value) yield { owner: own, object: mine, name, value };
  }
  for (const { name, ns, isReference, isVirtual, ...property } of theirs.$descriptor.properties) {
    if (isVirtual) continue;
    const [before, after] = [mine, theirs].map((one) => one.get(name) ?? property.default);
    if (isReference) sameReferences(before, after);
    else yield* ofProperty(mine, { name, drawn: DRAWN.has(ns.localName) }, [before, after], own);
  }
}

function* ofProperty(object, { name, drawn }, [before, after], owner) {
  const pairs = paired(listed(before), listed(after));
  const kept = pairs.map(([mine, theirs]) => mine ?? theirs);
  const came = pairs.filter(([mine]) => mine === undefined).map(([, theirs]) => theirs);
  if (came.length || kept.length !== listed(before).length) {
    if (drawn || came.some(refers)) throw new OtherDrawing();
    for (const one of came) if (one.$type) one.$parent = object;
    yield { owner, object, name, value: Array.isArray(after) ? kept : kept[0] };
  }
  for (const [mine, theirs] of pairs) {
    if (mine?.$type) yield* differences(mine, theirs, owner);
  }
}

/** Theirs in their order, each with the one of ours that is the same; a plain value is its own. */
function paired(mine, theirs) {
  const left = [...mine];
  return theirs.map((one) => {
    const at = left.findIndex((other) => keyOf(other) === keyOf(one));
    return [at < 0 ? undefined : left.splice(at, 1)[0], one];
  });
}

function keyOf(value) {
  if (!value?.$type) return value;
  if (value.$type === "dc:Point") return `${value.x} ${value.y}`;
  const { $type, id, bpmnElement, name } = value;
  return `${$type} ${bpmnElement?.id ?? id ?? name ?? ""}`;
}

function sameReferences(before, after) {
  const ids = (value) => listed(value).map(({ id }) => id);
  if (ids(before).sort().join() !== ids(after).sort().join()) throw new OtherDrawing();
}

function refers(value) {
  if (!value?.$type) return false;
  return value.$descriptor.properties.some(({ name, isReference, isVirtual }) => {
    if (isVirtual) return false;
    const parts = listed(value.get(name));
    return isReference ? parts.length > 0 : parts.some(refers);
  });
}

const listed = (value) => [value ?? []].flat();
