/** Which form a task shows: one that lies beside this process, or a new one. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { optionsOf } from "../../choices.js";
import { actions, select } from "./fields.js";
import { changeSetting, NO_VERSION, removeSetting, settingOf } from "./settings.js";

const FORM = "zeebe:FormDefinition";
/** Other ways to name a form, which do not run: a choice takes their place. */
const OTHERS = { formKey: undefined, externalReference: undefined, ...NO_VERSION };

export const form = {
  group: "form",
  label: "Formulier",
  open: true,
  fits: (element) => is(element, "bpmn:UserTask"),
  hides: [
    "formType",
    "formId",
    "formConfiguration",
    "customFormKey",
    "externalReference",
    "bindingType",
    "versionTag",
  ],
  entries: (_element, { choices, page, injector }) => [
    select({
      id: "taskForm",
      label: "Formulier",
      get: formOf,
      set: (task, id) => setForm(injector, task, id),
      options: (task) => optionsOf(choices.now.forms, formOf(task), "Geen formulier"),
    }),
    actions({
      id: "taskFormActions",
      links: (task) => {
        const known = choices.now.forms.some(({ id }) => id === formOf(task));
        return [
          known && { href: page.forms + formOf(task), label: "Formulier openen" },
          !known && {
            run: () => injector.get("newForms").make(task),
            label: "Nieuw formulier maken",
          },
        ];
      },
    }),
  ],
};

export function formOf(task) {
  return settingOf(task, FORM)?.formId ?? "";
}

export function setForm(injector, task, formId) {
  if (formId) changeSetting(injector, task, FORM, { ...OTHERS, formId });
  else removeSetting(injector, task, FORM);
}
