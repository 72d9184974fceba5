/** A formula in the panel of the form editor: completed and checked as in a diagram. */
import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { feelBox } from "./feel-box.js";
import { Row, read, useTyped, write } from "./form-entries.js";

/** `formulas.reads(field)` gives the variables that there are, `formulas.functions()` what can be called. */
export function Formula({ id, label, help, path, field, edit, put, formulas }) {
  const room = useRef();
  const box = useRef();
  const latest = useRef();
  const [error, setError] = useState("");
  const kept = read(field, path);
  const variables = formulas.reads(field);
  const { onInput, onBlur } = useTyped(kept, (formula) => {
    if (put) put(formula);
    else write(field, edit, path, formula);
  });
  latest.current = (value) => onInput({ target: { value } });
  useEffect(() => {
    box.current = feelBox({
      room: room.current,
      id,
      label,
      formula: kept,
      functions: formulas.functions(),
      onChange: (formula) => latest.current(formula),
      onError: setError,
    });
  }, []);
  useEffect(() => box.current.show(kept), [kept]);
  useEffect(() => box.current.read(variables), [JSON.stringify(variables)]);
  return h(
    Row,
    { id, label, help, error },
    h("div", { ref: room, class: "bio-properties-panel-input mr-formula", onFocusOut: onBlur }),
  );
}
