/** Reads and writes the `zeebe:` settings of an element; each change is one step to undo. */
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

/** A publication holds all versions together: what is chosen has none of its own. */
export const NO_VERSION = { bindingType: undefined, versionTag: undefined };

export function settingOf(element, type) {
  const values = getBusinessObject(element).get("extensionElements")?.get("values") ?? [];
  return values.find(({ $type }) => $type === type);
}

/** Gives the setting of this type these properties; makes it when it is not there. */
export function changeSetting(injector, element, type, properties) {
  const found = settingOf(element, type);
  if (found) return change(injector, element, [[found, properties]]);
  const made = injector.get("bpmnFactory").create(type, properties);
  return change(
    injector,
    element,
    extended(injector, element, (values) => [...values, made]),
  );
}

export function removeSetting(injector, element, type) {
  const found = settingOf(element, type);
  if (!found) return;
  const without = (values) => values.filter((value) => value !== found);
  change(injector, element, extended(injector, element, without));
}

/** Several changes of the model as one step; each is a pair of what changes, and how. */
export function change(injector, element, changes) {
  injector.get("commandStack").execute(
    "properties-panel.multi-command-executor",
    changes.map(([moddleElement, properties]) => ({
      cmd: "element.updateModdleProperties",
      context: { element, moddleElement, properties },
    })),
  );
}

/** Changes the list of settings; the box around them comes and goes with its content. */
function extended(injector, element, changed) {
  const object = getBusinessObject(element);
  const box = object.get("extensionElements");
  const values = changed(box?.get("values") ?? []);
  for (const value of values) if (box) value.$parent = box;
  if (box && values.length) return [[box, { values }]];
  if (!values.length) return [[object, { extensionElements: undefined }]];
  const made = injector.get("bpmnFactory").create("bpmn:ExtensionElements", { values });
  made.$parent = object;
  for (const value of values) value.$parent = made;
  return [[object, { extensionElements: made }]];
}
