/** What an expression of an element can read; the panel asks for it as `variableResolver`. */
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { dialectOf, treeOf } from "../feel-words.js";

class CaseVariables {
  static $inject = ["choices"];

  constructor(choices) {
    this._choices = choices;
    /** The panel reads it: panel-patches.mjs. */
    choices.onChange(({ functions }) => {
      globalThis.panelFeel = dialectOf(functions);
    });
  }

  async getVariablesForElement(element) {
    return treeOf(this.listFor(element));
  }

  listFor(element) {
    const here = new Set(around(getBusinessObject(element)));
    return this._choices.now.variables.filter(
      ({ element: step, local }) => !local || here.has(step),
    );
  }
}

/** The ids of an element and of what it stands in or on. */
function around(object) {
  if (!object) return [];
  return [object.id, ...around(object.attachedToRef), ...around(object.$parent)];
}

export const variablesModule = {
  __init__: ["variableResolver"],
  variableResolver: ["type", CaseVariables],
};
