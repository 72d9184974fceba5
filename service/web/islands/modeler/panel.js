/**
 * The properties panel as our engine needs it: choices instead of free text, and nothing that the
 * guard refuses (docs/bpmn.md). The picks say which group they belong to and what they replace.
 */
import { Group } from "@bpmn-io/properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { bareScript } from "./picks/bare.js";
import { form } from "./picks/form.js";
import { loop } from "./picks/loop.js";
import { errorCode, escalationCode, messageName, signalName } from "./picks/names.js";
import { dueDate, timer } from "./picks/norm.js";
import { otherEyes } from "./picks/other-eyes.js";
import { called, decision, job } from "./picks/references.js";
import { laneRole, taskRole } from "./picks/role.js";
import { sentMessage } from "./picks/sent-message.js";

const PICKS = [
  laneRole,
  form,
  taskRole,
  dueDate,
  otherEyes,
  decision,
  called,
  job,
  bareScript,
  loop,
  timer,
  messageName,
  sentMessage,
  signalName,
  errorCode,
  escalationCode,
];
const HIDDEN_GROUPS = new Set([
  "Zeebe__TaskListeners",
  "Zeebe__ExecutionListeners",
  "Zeebe__ExtensionProperties",
  "adHocSubProcessImplementation",
  "activeElements",
  "adHocCompletion",
  "outputCollection",
  "headers",
  "userTaskImplementation",
  "scriptImplementation",
  "businessRuleImplementation",
]);
/** The id of the process is the name of its file, and of its folder. */
const HIDDEN_ENTRIES = new Set([
  "versionTag",
  "bindingType",
  "businessId",
  "jobPriority",
  "processId",
  "variableNames",
  "variableEvents",
]);
/** Providers with a lower number come later; the Zeebe groups are of 500. */
const AFTER_ZEEBE = 400;

class Panel {
  static $inject = ["propertiesPanel", "translate", "choices", "page", "injector", "eventBus"];

  constructor(panel, translate, choices, page, injector, eventBus) {
    this._translate = translate;
    this._context = { choices, page, injector };
    panel.registerProvider(AFTER_ZEEBE, this);
    choices.onChange(() => eventBus.fire("propertiesPanel.providersChanged"));
  }

  getGroups(element) {
    const picks = PICKS.filter((pick) => pick.fits(element));
    const hidden = new Set([...HIDDEN_ENTRIES, ...picks.flatMap(({ hides }) => hides)]);
    if (is(element, "bpmn:Process")) hidden.add("id");
    return (groups) => {
      const shown = groups
        .filter(({ id }) => isShown(id, element))
        .map((group) => without(hidden, group));
      for (const pick of picks) this._place(shown, pick, element);
      return shown
        .filter(({ entries }) => !entries || entries.length)
        .map((group) => ({ ...group, translate: this._translate }));
    };
  }

  _place(groups, pick, element) {
    const entries = pick.entries(element, this._context);
    const found = groups.find(({ id }) => id === pick.group) ?? added(groups, pick);
    found.entries = pick.last ? [...found.entries, ...entries] : [...entries, ...found.entries];
    if (pick.label) found.label = pick.label;
    if (pick.open) found.shouldOpen = true;
  }
}

function isShown(id, element) {
  if (id === "taskDefinition")
    return is(element, "bpmn:ServiceTask") || is(element, "bpmn:SendTask");
  return !HIDDEN_GROUPS.has(id);
}

function without(hidden, group) {
  if (!group.entries) return { ...group };
  return { ...group, entries: group.entries.filter(({ id }) => !hidden.has(id)) };
}

/** After the general settings, where people look first. */
function added(groups, pick) {
  const group = { id: pick.group, label: pick.label, entries: [], component: Group };
  groups.splice(1, 0, group);
  return group;
}

export const panelModule = { __init__: ["ownPanel"], ownPanel: ["type", Panel] };
