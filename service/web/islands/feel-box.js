/** The editor of FEEL in a box of our own, in the panel of a form and in the list of steps. */
import FeelEditor from "@bpmn-io/feel-editor";
import { dialectOf, treeOf, UNREADABLE } from "./feel-words.js";

/**
 * Puts it in `room`. A formula begins with `=`, which the box shows and nobody needs to type;
 * `onChange(formula)` hears of each stroke, `onError(sentence)` what is wrong, "" for nothing.
 */
export function feelBox({ room, id, label, formula, functions, onChange, onError }) {
  let shown = bare(formula);
  const editor = new FeelEditor({
    container: room,
    value: shown,
    ...dialectOf(functions),
    contentAttributes: { id, "aria-label": label },
    onChange(text) {
      if (text === shown) return;
      shown = text;
      onChange(text.trim() && `=${bare(text.trim())}`);
    },
    onLint(found) {
      onError(found.some(({ type }) => type === "Syntax Error") ? UNREADABLE : "");
    },
  });
  return {
    read: (variables) => editor.setVariables(treeOf(variables)),
    show(text) {
      if (bare(text) === bare(shown.trim())) return;
      shown = bare(text);
      editor.setValue(shown);
    },
  };
}

const bare = (formula) => String(formula ?? "").replace(/^=/, "");
