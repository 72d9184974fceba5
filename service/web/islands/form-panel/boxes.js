/** The boxes that the panel of the form editor is put together from, each for what is at a path. */
import { Line, Pick, Tick } from "../form-entries.js";
import { Formula } from "../form-formula.js";

const FORMULA = 'Een formule, zoals triage.meldcode = "ja". Ctrl+spatie toont wat er te lezen is.';

export const line = (path, label, more) => ({ component: Line, path, label, ...more });
export const number = (path, label) => line(path, label, { number: true });
export const tick = (path, label, more) => ({ component: Tick, path, label, ...more });
export const formula = (path, label, help = FORMULA) => ({ component: Formula, path, label, help });

/** `options` are pairs of a value and what it is called. */
export function pick(path, label, options, more) {
  const named = options.map(([value, name]) => ({ value, label: name }));
  return { component: Pick, path, label, options: named, ...more };
}
