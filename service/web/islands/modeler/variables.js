/**
 * What an expression can read: completes it, and says where each variable comes from.
 *
 * The server knows it of the whole draft: the fields of forms, what jobs and decisions give, the
 * profile. The panel asks for it as the service `variableResolver`.
 */
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

class CaseVariables {
  static $inject = ["choices"];

  constructor(choices) {
    this._choices = choices;
    choices.onChange(({ functions }) => {
      globalThis.panelFeel = { parserDialect: "camunda", builtins: functions.map(callable) };
    });
  }

  /** A tree, because `triage.urgentie` is an entry of `triage`. */
  async getVariablesForElement(element) {
    const here = new Set(around(getBusinessObject(element)));
    const tree = [];
    for (const { path, about, element: step, local } of this._choices.now.variables) {
      if (!local || here.has(step)) place(tree, path.split("."), about);
    }
    return tree;
  }
}

/** A function as the editor of expressions completes it; the panel reads it (panel-patches.mjs). */
function callable({ name, parameters, about }) {
  return { name, type: "function", params: parameters.map((one) => ({ name: one })), info: about };
}

/** The ids of an element and of what it stands in or on. */
function around(object) {
  if (!object) return [];
  return [object.id, ...around(object.attachedToRef), ...around(object.$parent)];
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

export const variablesModule = {
  __init__: ["variableResolver"],
  variableResolver: ["type", CaseVariables],
};
