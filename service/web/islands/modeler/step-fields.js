/** The fields of the list of steps: they pass on what was filled in when the focus leaves. */
import { h } from "@bpmn-io/properties-panel/preact";
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "@bpmn-io/properties-panel/preact/hooks";
import { feelBox } from "../feel-box.js";

/** What is being typed is not overwritten when the diagram is drawn anew meanwhile. */
export function Line({ id, label, value, set }) {
  const input = useRef();
  useLayoutEffect(() => {
    if (document.activeElement !== input.current) input.current.value = value;
  }, [value]);
  const pass = ({ target }) => target.value !== value && set(target.value);
  const onKeyDown = (event) => event.key === "Enter" && pass(event);
  const className = "utrecht-textbox utrecht-textbox--html-input";
  const props = { ref: input, id, class: className, onBlur: pass, onKeyDown };
  return field(id, label, h("input", props));
}

export function Choice({ id, label, value, options, set }) {
  const shown = options.map((one) =>
    h("option", { value: one.value, selected: one.value === value }, one.label),
  );
  const onChange = (event) => set(event.target.value);
  const className = "utrecht-select utrecht-select--html-select";
  return field(id, label, h("select", { id, class: className, value, onChange }, shown));
}

/** `variables` is what the formula can read, `functions` what it can call. */
export function Formula({ id, label, value, set, variables, functions }) {
  const room = useRef();
  const box = useRef();
  const typed = useRef(value);
  const [error, setError] = useState("");
  useEffect(() => {
    const onChange = (formula) => {
      typed.current = formula;
    };
    const begin = { room: room.current, id, label, formula: value, functions, onChange };
    box.current = feelBox({ ...begin, onError: setError });
  }, []);
  useEffect(() => box.current.read(variables), [variables.length]);
  useEffect(() => {
    if (room.current.contains(document.activeElement)) return;
    typed.current = value;
    box.current.show(value);
  }, [value]);
  const pass = () => typed.current !== value && set(typed.current);
  return h(
    "div",
    { class: "mr-field" },
    h("label", { for: id }, label),
    error && h("p", { class: "utrecht-form-field-error-message", role: "alert" }, error),
    h("div", { ref: room, class: "mr-formula", onFocusOut: pass }),
  );
}

function field(id, label, control) {
  return h("div", { class: "mr-field" }, h("label", { for: id }, label), control);
}
