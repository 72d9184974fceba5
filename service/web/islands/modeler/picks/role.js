/** Whose step it is: a lane is a role of the profile, and a task may have roles of its own. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { optionsOf } from "../../choices.js";
import { select } from "./fields.js";
import { changeSetting, removeSetting, settingOf } from "./settings.js";

const ASSIGNMENT = "zeebe:AssignmentDefinition";

export const laneRole = {
  group: "role",
  label: "Rol",
  open: true,
  fits: (element) => is(element, "bpmn:Lane"),
  hides: ["id"],
  entries: (_element, { choices, injector }) => [
    select({
      id: "laneRole",
      label: "Rol van deze baan",
      description: "De stappen in deze baan komen in de werkvoorraad van deze rol.",
      get: (lane) => getBusinessObject(lane).id,
      set: (lane, role) => setLaneRole(injector, lane, role, choices.now.roles),
      options: (lane) => laneOptions(injector, lane, choices.now.roles),
    }),
  ],
};

/** One lane a role: an id stands only once in a diagram. */
function laneOptions(injector, lane, roles) {
  const own = getBusinessObject(lane).id;
  const { ids } = injector.get("moddle");
  const free = roles.filter(({ id }) => id === own || !ids.assigned(id));
  return optionsOf(free, own, "").filter(({ value }) => value);
}

/** The id of a lane is its role, and its name that of the role. */
function setLaneRole(injector, lane, role, roles) {
  const name = roles.find(({ id }) => id === role)?.name ?? role;
  injector.get("modeling").updateProperties(lane, { id: role, name });
}

export const taskRole = {
  group: "assignmentDefinition",
  label: "Wie en wanneer",
  open: true,
  fits: (element) => is(element, "bpmn:UserTask"),
  hides: [
    "assignmentDefinitionCandidateUsers",
    "taskScheduleFollowUpDate",
    "priorityDefinitionPriority",
  ],
  entries: (element, { choices, injector }) => [
    select({
      id: "taskRole",
      label: "Rol",
      get: roleOf,
      set: (task, role) => setRole(injector, task, role),
      options: (task) => roleOptions(task, choices.now.roles, laneOf(element)),
    }),
  ],
};

export function roleOf(task) {
  return settingOf(task, ASSIGNMENT)?.candidateGroups ?? "";
}

/** Without a role of its own a task is for the role of its lane. */
export function setRole(injector, task, role) {
  const candidateUsers = undefined;
  if (role) changeSetting(injector, task, ASSIGNMENT, { candidateGroups: role, candidateUsers });
  else if (settingOf(task, ASSIGNMENT)?.assignee) {
    changeSetting(injector, task, ASSIGNMENT, { candidateGroups: undefined, candidateUsers });
  } else removeSetting(injector, task, ASSIGNMENT);
}

export function roleOptions(task, roles, lane) {
  const value = roleOf(task);
  const computed = value.startsWith("=") || value.includes(",");
  const options = optionsOf(
    roles,
    computed ? "" : value,
    lane ? `De rol van de baan: ${lane}` : "Geen",
  );
  return computed ? [...options, { value, label: "Eigen uitdrukking of meer rollen" }] : options;
}

/** The name of the innermost lane that a step stands in. */
export function laneOf(element) {
  const object = getBusinessObject(element);
  const lanes = object.get("lanes") ?? [];
  return lanes.at(-1)?.name ?? "";
}
