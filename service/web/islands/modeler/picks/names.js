/** Names and codes that must be plain text: of messages, signals, errors and escalations. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { select, text } from "./fields.js";
import { change } from "./settings.js";

export const messageName = {
  group: "message",
  label: "Bericht",
  fits: (element) => Boolean(referred(element, "messageRef")),
  hides: ["messageName"],
  entries: (_element, { choices, injector }) => {
    const get = (element) => referred(element, "messageRef")?.name;
    const set = (element, name) => {
      change(injector, element, [[referred(element, "messageRef"), { name }]]);
    };
    return [
      select({
        id: "knownMessage",
        label: "Bericht dat er al is",
        get,
        set: (element, name) => name && set(element, name),
        options: (element) => messageOptions(choices.now.messages, get(element)),
      }),
      text({ id: "plainMessageName", label: "Naam van het bericht", get, set, validate: plain }),
    ];
  },
};

function messageOptions(messages, value) {
  const known = messages.map((name) => ({ value: name, label: name }));
  return messages.includes(value)
    ? known
    : [{ value: value ?? "", label: value ? `${value} (nieuw)` : "Kies een bericht" }, ...known];
}

export const signalName = codeOf(
  "signal",
  "signalRef",
  "name",
  "signalName",
  "Naam van het signaal",
);
export const errorCode = codeOf("error", "errorRef", "errorCode", "errorCode", "Foutcode");
export const escalationCode = codeOf(
  "escalation",
  "escalationRef",
  "escalationCode",
  "escalationCode",
  "Escalatiecode",
);

function codeOf(group, reference, property, hidden, label) {
  return {
    group,
    fits: (element) => Boolean(referred(element, reference)),
    hides: [hidden],
    last: true,
    entries: (_element, { injector }) => [
      text({
        id: `plain_${hidden}`,
        label,
        get: (element) => referred(element, reference)?.get(property),
        set: (element, value) => {
          change(injector, element, [[referred(element, reference), { [property]: value }]]);
        },
        validate: plain,
      }),
    ],
  };
}

function plain(value) {
  return value?.startsWith("=") ? "Hier kan geen uitdrukking staan; schrijf een vaste tekst." : "";
}

/** The message, signal, error or escalation that an event or task names. */
function referred(element, reference) {
  const object = getBusinessObject(element);
  if (
    reference === "messageRef" &&
    (is(object, "bpmn:ReceiveTask") || is(object, "bpmn:SendTask"))
  ) {
    return object.get("messageRef");
  }
  const definitions = object.get?.("eventDefinitions") ?? [];
  return definitions.map((one) => one[reference]).find(Boolean);
}
