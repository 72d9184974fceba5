/**
 * Fields of the properties panel for our own choices.
 *
 * An entry says how to `get` and `set` its value; components stand at the level of the module,
 * because the panel would take one that is made anew each time for another field.
 */
import {
  FeelEntry,
  isFeelEntryEdited,
  isSelectEntryEdited,
  isTextFieldEntryEdited,
  SelectEntry,
  TextFieldEntry,
} from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useEffect, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { useService } from "bpmn-js-properties-panel";

/** A choice out of `options()`: value and label. */
export function select(entry) {
  return { ...entry, component: Select, isEdited: isSelectEntryEdited };
}

/** A line of text; `validate` gives a sentence when it is wrong. */
export function text(entry) {
  return { ...entry, component: Text, isEdited: isTextFieldEntryEdited };
}

/** An expression, completed with the variables of the case. */
export function expression(entry) {
  return { ...entry, component: Expression, isEdited: isFeelEntryEdited };
}

/** Links and buttons under a field: `{ href, label }` or `{ run, label }`. */
export function actions(entry) {
  return { ...entry, component: Actions };
}

function Select({ element, id, label, description, get, set, options }) {
  return SelectEntry({
    element,
    id,
    label,
    description,
    getValue: () => get(element) ?? "",
    setValue: (value) => set(element, value),
    getOptions: options,
  });
}

function Text({ element, id, label, description, get, set, validate }) {
  return TextFieldEntry({
    element,
    id,
    label,
    description,
    getValue: () => get(element) ?? "",
    setValue: (value, error) => error || set(element, value ?? ""),
    validate,
    debounce: useService("debounceInput"),
  });
}

function Expression({ element, id, label, description, get, set, feel = "optional" }) {
  return FeelEntry({
    element,
    id,
    label,
    description,
    feel,
    getValue: () => get(element),
    setValue: (value) => set(element, value ?? ""),
    variables: useVariables(element),
    debounce: useService("debounceInput"),
  });
}

function Actions({ element, id, links }) {
  const shown = links(element).filter(Boolean);
  if (!shown.length) return null;
  return h(
    "div",
    { class: "bio-properties-panel-entry mr-pick__actions", "data-entry-id": id },
    shown.map(({ href, run, label }) =>
      href
        ? h("a", { href, class: "utrecht-link utrecht-link--html-a" }, label)
        : h("button", { type: "button", class: "mr-pick__button", onClick: run }, label),
    ),
  );
}

function useVariables(element) {
  const resolver = useService("variableResolver");
  const eventBus = useService("eventBus");
  const [variables, setVariables] = useState([]);
  useEffect(() => {
    let wanted = true;
    const look = () => {
      resolver.getVariablesForElement(element).then((found) => wanted && setVariables(found));
    };
    look();
    eventBus.on("commandStack.changed", look);
    return () => {
      wanted = false;
      eventBus.off("commandStack.changed", look);
    };
  }, [element]);
  return variables;
}
