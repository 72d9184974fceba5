/** Brings the canvas up to date with the model, without letting go of what stays. */
import BpmnTreeWalker from "bpmn-js/lib/import/BpmnTreeWalker";
import { getLabel, isLabelExternal } from "bpmn-js/lib/util/LabelUtil";
import { getBusinessObject, getDi } from "bpmn-js/lib/util/ModelUtil";

/** Something in the model cannot be drawn. */
export class Undrawable extends Error {}

export function createRedrawing(modeler) {
  const [canvas, registry, importer, eventBus] = [
    "canvas",
    "elementRegistry",
    "bpmnImporter",
    "eventBus",
  ].map((name) => modeler.get(name));
  return redraw;

  /** Takes away what is `gone`, draws what came, and puts what `changes` are about in its place. */
  function redraw({ changes, gone }) {
    const lost = new Set(gone);
    for (const element of registry.getAll())
      if (lost.has(getBusinessObject(element)) || lost.has(getDi(element))) erase(element);
    const changed = new Set(changes.map(({ owner }) => owner));
    const moved = new Set(changes.flatMap(({ newcomers = [] }) => newcomers));
    const elements = [...rootsOf(changed), ...chosen()];
    walk((object, di, parent) => {
      const element = registry.get(object.id);
      if (!element) return importer.add(object, di, parent);
      if (moved.has(object)) move(element, parent);
      if (changed.has(object)) elements.push(element, ...fit(element));
      return element;
    });
    eventBus.fire("elements.changed", { elements });
    eventBus.fire("redrawn");
  }

  function rootsOf(objects) {
    return canvas.getRootElements().filter((root) => objects.has(getBusinessObject(root)));
  }

  /** The panel shows them, with what they refer to: a message, an error. */
  function chosen() {
    const selected = modeler.get("selection").get();
    return selected.map((element) => element.labelTarget ?? element);
  }

  /** Each thing after what it stands in, is attached to or connects, as when a file is opened. */
  function walk(draw) {
    for (const object of registry.getAll().map(getBusinessObject))
      if (object.$instanceOf("bpmn:FlowNode")) object.set("lanes", []);
    const planes = canvas.getRootElements();
    for (const root of planes) {
      const error = (message, context) => {
        if (context.error) throw new Undrawable(message);
      };
      const walker = new BpmnTreeWalker({ root: () => root, element: draw, error });
      walker.handleDefinitions(modeler.getDefinitions(), getDi(root).$parent);
    }
  }

  function erase(element) {
    const editing = modeler.get("directEditing");
    if (editing.isActive(element)) editing.cancel();
    if (element.waypoints) {
      Object.assign(element, { source: null, target: null });
      canvas.removeConnection(element);
    } else {
      Object.assign(element, { host: null, labelTarget: null });
      canvas.removeShape(element);
    }
  }

  function move(element, parent) {
    for (const one of [element, ...element.labels]) one.parent = parent;
  }

  /** The canvas keeps places and ends of its own, beside those of the model; gives the label. */
  function fit(element) {
    const object = getBusinessObject(element);
    const di = getDi(element);
    if (element.waypoints) {
      element.waypoints = di.waypoint.map(({ x, y }) => ({ x, y }));
      element.source = importer._getSource(object);
      element.target = importer._getTarget(object);
    } else {
      place(element, di.bounds);
      if (object.attachedToRef) element.host = registry.get(object.attachedToRef.id);
    }
    return fitLabels(element, object, di);
  }

  /** A label without a place in the model gets one from its text, as when a file is opened. */
  function fitLabels(element, object, di) {
    const isWanted = isLabelExternal(object) && getLabel(element);
    const bounds = di.label?.bounds;
    if (element.label && isWanted && bounds) {
      place(element.label, bounds);
      return [element.label];
    }
    if (element.label) erase(element.label);
    if (isWanted) importer.addLabel(object, di, element);
    return [];
  }
}

function place(shape, { x, y, width, height }) {
  Object.assign(shape, { x, y, width, height });
}
