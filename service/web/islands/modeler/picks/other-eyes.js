/** A task that another person must do than the one who did an earlier task. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { optionsOf } from "../../choices.js";
import { select } from "./fields.js";
import { change, changeSetting, removeSetting, settingOf } from "./settings.js";

const PROPERTIES = "zeebe:Properties";
const NAME = "vierOgenMet";

export const otherEyes = {
  group: "assignmentDefinition",
  fits: (element) => is(element, "bpmn:UserTask"),
  hides: [],
  last: true,
  entries: (_element, { injector }) => [
    select({
      id: "otherEyes",
      label: "Iemand anders dan wie deze stap deed",
      get: (task) => propertyOf(task)?.value,
      set: (task, value) => setOther(injector, task, value),
      options: (task) =>
        optionsOf(others(injector, task), propertyOf(task)?.value, "Maakt niet uit"),
    }),
  ],
};

function propertyOf(task) {
  return settingOf(task, PROPERTIES)?.properties?.find(({ name }) => name === NAME);
}

function others(injector, task) {
  return injector
    .get("elementRegistry")
    .filter((one) => is(one, "bpmn:UserTask") && one !== task && !one.labelTarget)
    .map((one) => ({ id: one.id, name: getBusinessObject(one).name ?? one.id }));
}

function setOther(injector, task, value) {
  const box = settingOf(task, PROPERTIES);
  const property = propertyOf(task);
  if (property && value) return change(injector, task, [[property, { value }]]);
  const rest = (box?.properties ?? []).filter((one) => one !== property);
  if (!value) {
    if (rest.length) return change(injector, task, [[box, { properties: rest }]]);
    return removeSetting(injector, task, PROPERTIES);
  }
  const made = injector.get("bpmnFactory").create("zeebe:Property", { name: NAME, value });
  return changeSetting(injector, task, PROPERTIES, { properties: [...rest, made] });
}
