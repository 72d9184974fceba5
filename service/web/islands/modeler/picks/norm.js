/**
 * When something must be done: a norm time of the municipality, a fixed span, or an expression.
 *
 * Written as `=na_normtijd(now(), gemeente.normtijden.triage)` or `=na_normtijd(now(), "2wd")`.
 */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { expression, select, text } from "./fields.js";
import { change, changeSetting, removeSetting, settingOf } from "./settings.js";

const SCHEDULE = "zeebe:TaskSchedule";
const NAMED = /^=\s*na_normtijd\(\s*now\(\)\s*,\s*gemeente\.normtijden\.(\w+)\s*\)\s*$/;
const FIXED = /^=\s*na_normtijd\(\s*now\(\)\s*,\s*"([^"]+)"\s*\)\s*$/;
const SPAN = /^(\d{1,4}w[du]|P(?=\w)(\d{1,4}W)?(\d{1,4}D)?(T(?=\d)(\d{1,4}H)?(\d{1,4}M)?)?)$/;
const KINDS = ["timeDate", "timeDuration", "timeCycle"];

export const dueDate = {
  group: "assignmentDefinition",
  fits: (element) => is(element, "bpmn:UserTask"),
  hides: ["taskScheduleDueDate"],
  last: true,
  entries: (element, { choices, injector }) =>
    normEntries("taskNorm", element, choices, {
      get: dueOf,
      set: (task, value) => setDue(injector, task, value),
    }),
};

export function dueOf(task) {
  return settingOf(task, SCHEDULE)?.dueDate ?? "";
}

export function setDue(injector, task, value) {
  if (value) changeSetting(injector, task, SCHEDULE, { dueDate: value, followUpDate: undefined });
  else removeSetting(injector, task, SCHEDULE);
}

export const timer = {
  group: "timer",
  fits: (element) => Boolean(timerOf(element)),
  hides: ["timerEventDefinitionValue"],
  open: true,
  entries: (element, { choices, injector }) => {
    if (is(element, "bpmn:StartEvent")) return [valueEntry(injector)];
    const norms = normEntries("timerNorm", element, choices, {
      get: (event) => timerOf(event).get("timeDate")?.body ?? otherKind(event),
      set: (event, value) => setMoment(injector, event, value),
    });
    return [...norms.slice(0, -1), valueEntry(injector)];
  },
};

/** A select of norm times, a fixed span when that is chosen, and the expression itself. */
function normEntries(id, element, choices, { get, set }) {
  const fixed = FIXED.test(get(element));
  const entries = [
    select({
      id,
      label: "Normtijd",
      get: (one) => choiceOf(get(one)),
      set: (one, choice) => set(one, writtenAs(choice, get(one))),
      options: (one) => normOptions(choices.now.norms, get(one)),
    }),
    fixed &&
      text({
        id: `${id}Span`,
        label: "Vaste termijn",
        description: "2wd is 2 werkdagen, 4wu is 4 werkuren, P30D is 30 dagen.",
        get: (one) => FIXED.exec(get(one))?.[1],
        set: (one, span) => set(one, `=na_normtijd(now(), "${span}")`),
        validate: (span) =>
          SPAN.test(span ?? "") ? undefined : "Schrijf bijvoorbeeld 2wd, 4wu, PT15M of P30D.",
      }),
    expression({ id: `${id}Feel`, label: "Uiterlijk (FEEL)", feel: "required", get, set }),
  ];
  return entries.filter(Boolean);
}

const OWN = "eigen";
const SPAN_CHOICE = "vast";

/** `norm:triage`, `vast`, `eigen`, or nothing. */
export function choiceOf(value) {
  if (!value) return "";
  const named = NAMED.exec(value);
  if (named) return `norm:${named[1]}`;
  return FIXED.test(value) ? SPAN_CHOICE : OWN;
}

export function writtenAs(choice, before) {
  if (choice.startsWith("norm:")) {
    return `=na_normtijd(now(), gemeente.normtijden.${choice.slice("norm:".length)})`;
  }
  if (choice === SPAN_CHOICE) return FIXED.test(before) ? before : '=na_normtijd(now(), "2wd")';
  return choice === OWN ? before : "";
}

export function normOptions(norms, value) {
  const named = norms.map(({ id, words }) => ({ value: `norm:${id}`, label: `${id}: ${words}` }));
  const choice = choiceOf(value);
  const known = !choice.startsWith("norm:") || named.some((one) => one.value === choice);
  return [
    { value: "", label: "Geen" },
    ...named,
    ...(known ? [] : [{ value: choice, label: `${choice.slice(5)} (bestaat niet)` }]),
    { value: SPAN_CHOICE, label: "Vaste termijn" },
    ...(choice === OWN ? [{ value: OWN, label: "Eigen uitdrukking" }] : []),
  ];
}

function timerOf(element) {
  const definitions = getBusinessObject(element).get("eventDefinitions") ?? [];
  return definitions.find((one) => is(one, "bpmn:TimerEventDefinition"));
}

/** A duration or cycle is no norm time; it shows as an expression of one's own. */
function otherKind(event) {
  const kind = KINDS.find((one) => timerOf(event).get(one));
  return kind && kind !== "timeDate" ? timerOf(event).get(kind).body || "P" : "";
}

function setMoment(injector, event, value) {
  const definition = timerOf(event);
  if (!value) return change(injector, event, [[definition, Object.fromEntries(KINDS.map(empty))]]);
  const body = injector.get("bpmnFactory").create("bpmn:FormalExpression", { body: value });
  body.$parent = definition;
  const properties = { ...Object.fromEntries(KINDS.map(empty)), timeDate: body };
  return change(injector, event, [[definition, properties]]);
}

const empty = (kind) => [kind, undefined];

/** The text of the timer, without the panel's own explanation: that is about another engine. */
function valueEntry(injector) {
  const chosen = (event) => KINDS.map((kind) => timerOf(event).get(kind)).find(Boolean);
  return expression({
    id: "timerValue",
    label: "Tijd (vast of FEEL)",
    description: "Bijvoorbeeld P2D, 2026-03-01T09:00:00+01:00 of =werkdagen_na(now(), 2).",
    get: (event) => chosen(event)?.body,
    set: (event, body) => {
      if (chosen(event)) change(injector, event, [[chosen(event), { body }]]);
    },
  });
}
