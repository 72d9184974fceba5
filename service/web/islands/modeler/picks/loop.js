/** How long a step repeats itself: as long as a condition holds, and at most so often. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { expression, text } from "./fields.js";
import { change } from "./settings.js";

export const loop = {
  group: "standardLoop",
  label: "Herhalen",
  open: true,
  fits: (element) => Boolean(loopOf(element)),
  hides: [],
  entries: (_element, { injector }) => [
    expression({
      id: "loopCondition",
      label: "Herhalen zolang (FEEL)",
      feel: "required",
      get: (step) => loopOf(step).get("loopCondition")?.body,
      set: (step, body) => setCondition(injector, step, body),
    }),
    text({
      id: "loopMaximum",
      label: "Hoogste aantal keren",
      get: (step) => loopOf(step).get("loopMaximum")?.toString(),
      set: (step, value) => {
        const loopMaximum = value ? Number(value) : undefined;
        change(injector, step, [[loopOf(step), { loopMaximum }]]);
      },
      validate: (value) =>
        !value || /^[1-9]\d{0,3}$/.test(value) ? undefined : "Schrijf een geheel getal.",
    }),
  ],
};

function loopOf(element) {
  const found = getBusinessObject(element).get("loopCharacteristics");
  return is(found, "bpmn:StandardLoopCharacteristics") ? found : undefined;
}

function setCondition(injector, step, body) {
  const made = body && injector.get("bpmnFactory").create("bpmn:FormalExpression", { body });
  if (made) made.$parent = loopOf(step);
  change(injector, step, [[loopOf(step), { loopCondition: made || undefined }]]);
}
