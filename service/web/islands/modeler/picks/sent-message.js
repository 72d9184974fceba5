/** Which message an event sends: the panel itself asks that only where one is waited for. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { optionsOf } from "../../choices.js";
import { select } from "./fields.js";
import { change } from "./settings.js";

/** No id begins with a space. */
const NEW = " new";

export const sentMessage = {
  group: "message",
  label: "Bericht",
  open: true,
  fits: (element) => Boolean(sends(element)),
  hides: [],
  entries: (_element, { injector }) => [
    select({
      id: "messageRef",
      label: "Bericht in dit diagram",
      get: (event) => sends(event).get("messageRef")?.id,
      set: (event, id) => setMessage(injector, event, id),
      options: (event) => [
        ...optionsOf(named(injector), sends(event).get("messageRef")?.id, "(geen)"),
        { value: NEW, label: "Nieuw maken …" },
      ],
    }),
  ],
};

function sends(element) {
  if (!is(element, "bpmn:ThrowEvent")) return undefined;
  const definitions = getBusinessObject(element).get("eventDefinitions") ?? [];
  return definitions.find((one) => is(one, "bpmn:MessageEventDefinition"));
}

function messages(injector) {
  const roots = injector.get("bpmnjs").getDefinitions().get("rootElements");
  return roots.filter((one) => is(one, "bpmn:Message"));
}

const named = (injector) => messages(injector).map(({ id, name }) => ({ id, name: name || id }));

function setMessage(injector, event, id) {
  if (id === NEW) return makeMessage(injector, event);
  const messageRef = messages(injector).find((one) => one.id === id);
  return change(injector, event, [[sends(event), { messageRef }]]);
}

function makeMessage(injector, event) {
  const definitions = injector.get("bpmnjs").getDefinitions();
  const messageRef = injector.get("bpmnFactory").create("bpmn:Message", { name: "Nieuw bericht" });
  messageRef.$parent = definitions;
  change(injector, event, [
    [definitions, { rootElements: [...definitions.get("rootElements"), messageRef] }],
    [sends(event), { messageRef }],
  ]);
}
