/** What a step asks for by id: a decision, another process, a job. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { optionsOf } from "../../choices.js";
import { actions, select } from "./fields.js";
import { changeSetting, NO_VERSION, settingOf } from "./settings.js";

const DECISION = "zeebe:CalledDecision";
const CALLED = "zeebe:CalledElement";
const JOB = "zeebe:TaskDefinition";

export const decision = {
  group: "calledDecision",
  label: "Beslistabel",
  open: true,
  fits: (element) => is(element, "bpmn:BusinessRuleTask"),
  hides: ["decisionId", "bindingType", "versionTag"],
  entries: (_element, { choices, page, injector }) => {
    const chosen = (task) => settingOf(task, DECISION)?.decisionId ?? "";
    const found = (task) => choices.now.decisions.find(({ id }) => id === chosen(task));
    return [
      select({
        id: "taskDecision",
        label: "Beslistabel",
        description: "Kiest de uitkomst. Wat de tabel leest, moet eerder gevuld zijn.",
        get: chosen,
        set: (task, id) => changeSetting(injector, task, DECISION, newDecision(task, id)),
        options: (task) => optionsOf(choices.now.decisions, chosen(task), "Kies een beslistabel"),
      }),
      actions({
        id: "taskDecisionActions",
        links: (task) => [
          found(task) && { href: tableOf(page, found(task)), label: "Tabel openen" },
        ],
      }),
    ];
  },
};

/** The outcome gets the name of the decision, until somebody chooses another. */
function newDecision(task, decisionId) {
  const before = settingOf(task, DECISION);
  const keeps = before?.resultVariable && before.resultVariable !== before.decisionId;
  return { ...NO_VERSION, decisionId, ...(keeps ? {} : { resultVariable: decisionId }) };
}

/** `processes/triage/urgentie.dmn` is table `triage/urgentie`. */
function tableOf(page, { path }) {
  const [, process, file] = path.split("/");
  return `${page.tables}${process}/${file.replace(/\.dmn$/, "")}`;
}

export const called = {
  group: "calledElement",
  label: "Ander proces",
  open: true,
  fits: (element) => is(element, "bpmn:CallActivity"),
  hides: ["targetProcessId", "bindingType", "versionTag", "businessId"],
  entries: (_element, { choices, page, injector }) => {
    const chosen = (task) => settingOf(task, CALLED)?.processId ?? "";
    const found = (task) => choices.now.processes.find(({ id }) => id === chosen(task));
    return [
      select({
        id: "calledProcess",
        label: "Proces",
        get: chosen,
        set: (task, processId) =>
          changeSetting(injector, task, CALLED, { ...NO_VERSION, processId }),
        options: (task) => optionsOf(choices.now.processes, chosen(task), "Kies een proces"),
      }),
      actions({
        id: "calledProcessActions",
        links: (task) => [
          found(task) && { href: page.diagrams + chosen(task), label: "Diagram openen" },
        ],
      }),
    ];
  },
};

export const job = {
  group: "taskDefinition",
  label: "Systeemtaak",
  open: true,
  fits: (element) => is(element, "bpmn:ServiceTask") || is(element, "bpmn:SendTask"),
  hides: ["taskDefinitionType", "taskDefinitionRetries", "jobPriority"],
  entries: (element, { choices, injector }) => {
    const chosen = (task) => settingOf(task, JOB)?.type ?? "";
    const outputs = choices.now.job_types.find(({ id }) => id === chosen(element))?.outputs ?? [];
    return [
      select({
        id: "jobType",
        label: "Wat doet het systeem?",
        description: outputs.length
          ? `Vult ${outputs.join(", ")}.`
          : "Wat Meldroute zelf kan; een nieuwe soort maakt een programmeur.",
        get: chosen,
        set: (task, type) => changeSetting(injector, task, JOB, { type }),
        options: (task) => optionsOf(choices.now.job_types, chosen(task), "Kies een soort"),
      }),
    ];
  },
};
