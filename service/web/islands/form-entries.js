/** The boxes in the panel of the form editor: a line, a choice, a tick, a list of choices. */
import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const PATIENCE = 350;

/** The value at a dotted path of a field. */
export const read = (field, path) => path.split(".").reduce((part, name) => part?.[name], field);

/** Changes what stands at a path of a field; what says nothing is left out. */
export function write(field, edit, path, value) {
  const [top, rest] = path.split(".");
  const kept = value === "" || value === null || value === false ? undefined : value;
  if (!rest) return edit(field, { [top]: kept });
  const part = { ...field[top], [rest]: kept };
  const told = Object.values(part).some((one) => one !== undefined);
  return edit(field, { [top]: told ? JSON.parse(JSON.stringify(part)) : undefined });
}

export function Row({ id, label, help, error, children }) {
  return h(
    "div",
    { class: `bio-properties-panel-entry${error ? " has-error" : ""}`, "data-entry-id": id },
    h(
      "div",
      { "data-ours": "", class: "mr-entry" },
      label && h("label", { class: "bio-properties-panel-label", for: id }, label),
      children,
      error && h("div", { class: "bio-properties-panel-error", role: "alert" }, error),
      help && h("div", { class: "bio-properties-panel-description" }, help),
    ),
  );
}

/** What is being typed, told a moment later and at the latest when the box is left. */
export function useTyped(value, commit) {
  const [typed, setTyped] = useState(null);
  const waiting = useRef(null);
  const tell = () => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    const { text } = waiting.current;
    waiting.current = null;
    if (commit(text) !== false) setTyped(null);
  };
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => () => latest.current(), []);
  return {
    value: typed ?? value ?? "",
    onInput: ({ target }) => {
      setTyped(target.value);
      clearTimeout(waiting.current?.timer);
      waiting.current = { text: target.value, timer: setTimeout(() => latest.current(), PATIENCE) };
    },
    onBlur: () => latest.current(),
  };
}

/**
 * A line of text, or several; `number` makes it a number, `wrong(text)` may refuse it, `put(value)`
 * takes it instead of the path.
 */
export function Line({
  id,
  label,
  help,
  path,
  field,
  edit,
  put,
  lines,
  number,
  wrong,
  monospaced,
}) {
  const [error, setError] = useState("");
  const box = useTyped(read(field, path), (text) => {
    const problem = wrong?.(text.trim()) ?? "";
    setError(problem);
    if (problem) return false;
    const value = number && text.trim() !== "" ? Number(text.replace(",", ".")) : text;
    const told = Number.isNaN(value) ? text : value;
    if (put) put(told);
    else write(field, edit, path, told);
    return true;
  });
  const name = lines ? "textarea" : "input";
  return h(
    Row,
    { id, label, help, error },
    h(name, {
      ...box,
      id,
      class: `bio-properties-panel-input${monospaced ? " mr-entry__monospaced" : ""}`,
      ...(lines ? { rows: lines } : { type: "text", inputMode: number ? "decimal" : undefined }),
      spellcheck: monospaced ? "false" : undefined,
      autocomplete: "off",
    }),
  );
}

/** Yes or no. */
export function Tick({ id, label, help, path, field, edit, on = true }) {
  const ticked = read(field, path);
  return h(
    Row,
    { id, help },
    h(
      "label",
      { class: "mr-entry__tick" },
      h("input", {
        id,
        type: "checkbox",
        checked: ticked === true || ticked === on,
        onChange: ({ target }) => write(field, edit, path, target.checked ? on : undefined),
      }),
      label,
    ),
  );
}

const OTHER = "__anders";

/**
 * One of a few; `other` is what the choice to write something else is called, and `writer` the box
 * for it; `number` makes the value a number, `put(value)` takes it instead of the path.
 */
export function Pick(props) {
  const {
    id,
    label,
    help,
    path,
    field,
    edit,
    options,
    other,
    writer = Line,
    empty = "Kies…",
    number,
    put,
  } = props;
  const value = String(read(field, path) ?? "");
  const known = options.some((option) => option.value === value);
  const [writing, setWriting] = useState(Boolean(other && value && !known));
  const choose = ({ target }) => {
    setWriting(target.value === OTHER);
    if (target.value === OTHER) return;
    if (put) put(target.value);
    else write(field, edit, path, number && target.value ? Number(target.value) : target.value);
  };
  const listed = known || !value || other ? options : [...options, { value, label: value }];
  const select = h(
    "select",
    {
      id,
      class: "bio-properties-panel-input",
      value: writing ? OTHER : value,
      onChange: choose,
    },
    empty && h("option", { value: "" }, empty),
    listed.map((option) => h("option", { value: option.value, key: option.value }, option.label)),
    other && h("option", { value: OTHER }, other),
  );
  const row = h(Row, { id, label, help: writing ? undefined : help }, select);
  if (!writing) return row;
  return h("div", null, row, h(writer, { ...props, id: `${id}-anders`, label: other }));
}

/** The fixed choices of a question: what one reads, and what the answer is. */
export function Choices({ id, field, edit }) {
  const values = field.values ?? [];
  const put = (next) => edit(field, { values: next });
  const move = (at, to) => {
    const next = [...values];
    next.splice(to, 0, ...next.splice(at, 1));
    put(next);
  };
  return h(
    Row,
    { id },
    h(
      "ol",
      { class: "mr-choices-list" },
      values.map((option, at) =>
        h(
          "li",
          { key: `${field.id}-${at}` },
          h(ChoiceLine, {
            name: `Keuze ${at + 1}`,
            value: option.label,
            commit: (label) =>
              put(values.with(at, { ...option, label, value: followed(option, label) })),
          }),
          h(ChoiceLine, {
            name: `Waarde van keuze ${at + 1}`,
            value: option.value,
            commit: (value) => put(values.with(at, { ...option, value })),
          }),
          h(Small, {
            name: `Keuze ${at + 1} omhoog`,
            sign: "↑",
            off: at === 0,
            act: () => move(at, at - 1),
          }),
          h(Small, {
            name: `Keuze ${at + 1} verwijderen`,
            sign: "×",
            act: () => put(values.toSpliced(at, 1)),
          }),
        ),
      ),
    ),
    h(
      "button",
      {
        type: "button",
        class: "mr-entry__add",
        onClick: () =>
          put([
            ...values,
            { label: `Keuze ${values.length + 1}`, value: `keuze_${values.length + 1}` },
          ]),
      },
      "Keuze toevoegen",
    ),
  );
}

function ChoiceLine({ name, value, commit }) {
  const box = useTyped(value, commit);
  return h("input", {
    ...box,
    "aria-label": name,
    class: "bio-properties-panel-input",
    type: "text",
    autocomplete: "off",
  });
}

function Small({ name, sign, act, off = false }) {
  return h(
    "button",
    { type: "button", class: "mr-entry__small", "aria-label": name, disabled: off, onClick: act },
    sign,
  );
}

/** A value that was made from the words follows them; one that was chosen stays. */
function followed(option, label) {
  return option.value === asValue(option.label) || /^keuze_\d+$/.test(option.value)
    ? asValue(label)
    : option.value;
}

function asValue(label) {
  const plain = label
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "");
}

/** Some of the keys of the form, kept as one text with commas. */
export function Keys({ id, label, help, path, field, edit, keys }) {
  const chosen = (read(field, path) ?? "")
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  const toggle = (key) => {
    const next = chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key];
    write(field, edit, path, next.join(", "));
  };
  return h(
    Row,
    { id, help },
    h(
      "fieldset",
      { class: "mr-entry__keys" },
      h("legend", null, label),
      keys.map((key) =>
        h(
          "label",
          { class: "mr-entry__tick", key },
          h("input", {
            type: "checkbox",
            checked: chosen.includes(key),
            onChange: () => toggle(key),
          }),
          key,
        ),
      ),
    ),
  );
}
