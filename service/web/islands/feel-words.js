/**
 * What formulas can read and call, as the editor of FEEL completes it, and what it says of a wrong one.
 *
 * The server knows it of the whole draft: the fields of forms, what jobs and decisions give, the
 * profile, and our own functions.
 */

export const UNREADABLE = "Deze uitdrukking is niet af of klopt niet.";

/** A tree out of `{ path, about }`, because `triage.urgentie` is an entry of `triage`. */
export function treeOf(variables) {
  const tree = [];
  for (const { path, about } of variables) place(tree, path.split("."), about);
  return tree;
}

/** The functions, in the dialect of the editor. */
export function dialectOf(functions) {
  return { parserDialect: "camunda", builtins: functions.map(callable) };
}

function callable({ name, parameters, about }) {
  return { name, type: "function", params: parameters.map((one) => ({ name: one })), info: about };
}

function place(entries, [name, ...rest], about) {
  let entry = entries.find((found) => found.name === name);
  if (!entry) {
    entry = { name, info: "" };
    entries.push(entry);
  }
  if (!rest.length) {
    entry.info = entry.info && entry.info !== about ? `${entry.info} ${about}` : about;
    return;
  }
  entry.detail = "gegevens";
  entry.entries ??= [];
  place(entry.entries, rest, about);
}
