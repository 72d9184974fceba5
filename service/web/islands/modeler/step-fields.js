/** The fields of the list of steps: they pass on what was filled in when the focus leaves. */
import { h } from "@bpmn-io/properties-panel/preact";

export function Line({ id, label, value, set }) {
  const onChange = (event) => event.target.value !== value && set(event.target.value);
  return field(id, label, h("input", { id, class: "utrecht-textbox", value, onChange }));
}

export function Choice({ id, label, value, options, set }) {
  const shown = options.map((one) =>
    h("option", { value: one.value, selected: one.value === value }, one.label),
  );
  const onChange = (event) => set(event.target.value);
  return field(id, label, h("select", { id, class: "utrecht-select", value, onChange }, shown));
}

function field(id, label, control) {
  return h(
    "div",
    { class: "utrecht-form-field" },
    h("label", { class: "utrecht-form-label", for: id }, label),
    control,
  );
}
