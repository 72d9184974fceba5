/** Makes an empty form for a task, beside its process, and lets the task show it. */
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { snake } from "./naming.js";
import { setForm } from "./picks/form.js";

class NewForms {
  static $inject = ["injector", "choices", "page", "api", "say"];

  constructor(injector, choices, page, api, say) {
    Object.assign(this, { injector, choices, page, api, say });
  }

  /** The form has the id of its task, as all forms of this house. */
  async make(task) {
    const { name } = getBusinessObject(task);
    const id = /^[a-z][a-z0-9_]*$/.test(task.id) ? task.id : snake(name ?? "") || "nieuw_formulier";
    const form = { type: "default", id, title: name ?? id, schemaVersion: 19, components: [] };
    const path = `forms/${this.page.process}/${id}.form`;
    const content = `${JSON.stringify(form, null, 2)}\n`;
    try {
      if (!this.choices.now.forms.some((known) => known.id === id)) {
        await this.api.save({ path, content, revision: 0 });
      }
    } catch (error) {
      this.say("warning", `Het formulier is niet gemaakt: ${error.message}`);
      return;
    }
    setForm(this.injector, task, id);
    await this.choices.refresh();
    this.say("ok", `Formulier ‘${form.title}’ is gemaakt. Open het om er vragen in te zetten.`);
  }
}

export const newFormsModule = { newForms: ["type", NewForms] };
