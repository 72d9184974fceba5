/** A script task that came without a calculation gets one; the panel shows its fields then. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { actions } from "./fields.js";
import { changeSetting, settingOf } from "./settings.js";

export const bareScript = {
  group: "script",
  label: "Berekening",
  open: true,
  fits: (element) => is(element, "bpmn:ScriptTask") && !settingOf(element, "zeebe:Script"),
  hides: [],
  entries: (_element, { injector }) => [
    actions({
      id: "addScript",
      links: (task) => [
        {
          label: "Berekening toevoegen",
          run: () => changeSetting(injector, task, "zeebe:Script", { expression: "=null" }),
        },
      ],
    }),
  ],
};
