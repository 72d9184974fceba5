/** What the list of steps does to the diagram. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { translate } from "../nl-bpmn.js";
import { change } from "./picks/settings.js";

/** All steps, each after one that leads to it; what nothing leads to comes last. */
export function inReadingOrder(registry) {
  const steps = registry.filter((one) => is(one, "bpmn:FlowNode") && !one.labelTarget);
  const starts = steps.filter((one) => is(one, "bpmn:StartEvent"));
  const ordered = new Set();
  for (const first of [...starts, ...steps]) visit(first, ordered);
  return [...ordered];
}

function visit(first, ordered) {
  const ahead = [first];
  while (ahead.length) {
    const step = ahead.pop();
    if (ordered.has(step)) continue;
    ordered.add(step);
    const next = step.outgoing.filter((flow) => is(flow, "bpmn:SequenceFlow"));
    const edges = step.attachers ?? [];
    ahead.push(...[...edges, ...next.map(({ target }) => target)].reverse());
  }
}

export function kindOf(step) {
  const words = step.type.replace("bpmn:", "").replace(/([a-z])([A-Z])/g, "$1 $2");
  return translate(words[0] + words.slice(1).toLowerCase());
}

export function changeCondition(injector, flow, body) {
  const object = getBusinessObject(flow);
  const made = body && injector.get("bpmnFactory").create("bpmn:FormalExpression", { body });
  if (made) made.$parent = object;
  change(injector, flow, [[object, { conditionExpression: made || undefined }]]);
}

/** A task after a step; where one arrow left it, that arrow leaves the task from now on. */
export function addStepAfter(modeler, step) {
  const shape = modeler.get("elementFactory").createShape({ type: "bpmn:UserTask" });
  const flows = step.outgoing.filter((flow) => is(flow, "bpmn:SequenceFlow"));
  if (flows.length === 1 && isRoomy(flows[0])) {
    return modeler.get("modeling").createShape(shape, middle(flows[0]), flows[0]);
  }
  return modeler.get("autoPlace").append(step, shape);
}

export function removeStep(modeler, step) {
  modeler.get("modeling").removeElements([step]);
}

function isRoomy({ waypoints }) {
  return waypoints.length >= 2;
}

function middle({ waypoints }) {
  const [from, to] = [waypoints[0], waypoints.at(-1)];
  return { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) };
}
