/** Completes expressions with what the case knows, and says where that comes from. */
import { is } from "bpmn-js/lib/util/ModelUtil";

class CaseVariables {
  static $inject = ["variableResolver", "choices", "eventBus"];

  constructor(resolver, choices, eventBus) {
    this._choices = choices;
    resolver.registerProvider(this);
    choices.onChange(() => eventBus.fire("variables.changed"));
  }

  /** For every process: its variables as a tree, because `triage.urgentie` is an entry of `triage`. */
  getVariables(element) {
    if (!is(element, "bpmn:Process")) return undefined;
    const tree = [];
    for (const { path, about, local } of this._choices.now.variables) {
      if (!local) place(tree, path.split("."), about);
    }
    return tree;
  }
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
  entry.type = "Context";
  entry.entries ??= [];
  place(entry.entries, rest, about);
}

export const variablesModule = {
  __init__: ["caseVariables"],
  caseVariables: ["type", CaseVariables],
};
