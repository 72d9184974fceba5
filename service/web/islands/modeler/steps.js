/**
 * The steps as a list of forms: the whole process with the keyboard alone, or without seeing the
 * canvas. Works on the same diagram through the same commands, so everything can be undone.
 */
import { h, render } from "@bpmn-io/properties-panel/preact";
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { optionsOf } from "../choices.js";
import { formOf, setForm } from "./picks/form.js";
import { choiceOf, dueOf, normOptions, setDue, writtenAs } from "./picks/norm.js";
import { laneOf, roleOf, roleOptions, setRole } from "./picks/role.js";
import {
  addStepAfter,
  changeCondition,
  inReadingOrder,
  kindOf,
  removeStep,
} from "./step-changes.js";
import { Choice, Formula, Line } from "./step-fields.js";

export function createSteps({ modeler, choices, box }) {
  const injector = modeler.get("injector");
  const opened = new Set();
  let waiting;
  choices.onChange(draw);
  box.addEventListener("keydown", moveAlong);
  stayThroughLoading();
  return { draw, later };

  function later() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  }

  function draw() {
    const steps = inReadingOrder(modeler.get("elementRegistry"));
    render(
      h(
        "ol",
        { class: "mr-outline" },
        steps.map((step) => h(Step, { key: keyOf(step), step })),
      ),
      box,
    );
  }

  function Step({ step }) {
    const name = getBusinessObject(step).name ?? "";
    const lane = laneOf(step);
    const key = keyOf(step);
    const onToggle = ({ currentTarget }) => {
      if (currentTarget.open === opened.has(key)) return;
      if (currentTarget.open) opened.add(key);
      else opened.delete(key);
      draw();
    };
    return h(
      "li",
      { "data-step": step.id },
      h(
        "details",
        { class: "mr-outline__step", open: opened.has(key), onToggle },
        h(
          "summary",
          { id: `${step.id}-stap` },
          h("strong", null, name || step.id),
          h("span", { class: "mr-muted" }, ` ${kindOf(step)}${lane ? `, ${lane}` : ""}`),
        ),
        opened.has(key) &&
          h(
            "div",
            { class: "mr-outline__fields" },
            h(Fields, { step, lane }),
            h(Buttons, { step }),
          ),
      ),
    );
  }

  function Fields({ step, lane }) {
    return [
      h(Line, {
        id: `${step.id}-naam`,
        label: "Naam",
        value: getBusinessObject(step).name ?? "",
        set: (value) => modeler.get("modeling").updateLabel(step, value),
      }),
      ...(is(step, "bpmn:UserTask") ? taskFields(step, lane) : []),
      ...step.outgoing.filter((flow) => is(flow, "bpmn:SequenceFlow")).map(flowField),
    ];
  }

  function taskFields(step, lane) {
    const { roles, forms, norms } = choices.now;
    const due = dueOf(step);
    return [
      h(Choice, {
        id: `${step.id}-rol`,
        label: "Rol",
        value: roleOf(step),
        options: roleOptions(step, roles, lane),
        set: (value) => setRole(injector, step, value),
      }),
      h(Choice, {
        id: `${step.id}-formulier`,
        label: "Formulier",
        value: formOf(step),
        options: optionsOf(forms, formOf(step), "Geen formulier"),
        set: (value) => setForm(injector, step, value),
      }),
      h(Choice, {
        id: `${step.id}-norm`,
        label: "Normtijd",
        value: choiceOf(due),
        options: normOptions(norms, due),
        set: (value) => setDue(injector, step, writtenAs(value, due)),
      }),
    ];
  }

  function flowField(flow) {
    const to = getBusinessObject(flow.target).name || flow.target.id;
    const isDefault = getBusinessObject(flow.source).default === getBusinessObject(flow);
    const from = flow.source;
    const chooses = is(from, "bpmn:ExclusiveGateway") || is(from, "bpmn:InclusiveGateway");
    if (!chooses || isDefault) {
      return h(
        "p",
        { key: keyOf(flow) },
        `Daarna: ${to}${isDefault ? " (als geen andere weg geldt)" : ""}`,
      );
    }
    return h(Formula, {
      key: keyOf(flow),
      id: `${flow.id}-als`,
      label: `Naar ‘${to}’ als (FEEL)`,
      value: getBusinessObject(flow).conditionExpression?.body ?? "",
      set: (value) => changeCondition(injector, flow, value),
      variables: injector.get("variableResolver").listFor(flow),
      functions: choices.now.functions,
    });
  }

  function Buttons({ step }) {
    const mayGoOn = !is(step, "bpmn:EndEvent");
    return h(
      "div",
      { class: "mr-actions" },
      mayGoOn && button("Taak hierna invoegen", () => focusOn(addStepAfter(modeler, step))),
      button("In het diagram tonen", () => show(step)),
      button("Stap verwijderen", () => remove(step)),
    );
  }

  function show(step) {
    modeler.get("selection").select(step);
    modeler.get("canvas").scrollToElement(step, 120);
    modeler.get("canvas").focus();
  }

  /** What was added opens, with the cursor in its name. */
  function focusOn(step) {
    opened.add(keyOf(step));
    draw();
    box.querySelector(`[data-step="${CSS.escape(step.id)}"] input`)?.focus();
  }

  /** The cursor goes to what stands in its place. */
  function remove(step) {
    const at = summaries().findIndex((one) => one.closest("li").dataset.step === step.id);
    removeStep(modeler, step);
    draw();
    (summaries()[at] ?? summaries().at(-1))?.focus();
  }

  /** Arrows go from step to step; Escape closes a step and goes back to its head. */
  function moveAlong(event) {
    const { key, target } = event;
    if (event.defaultPrevented) return;
    if (key === "Escape" && target.closest(".mr-outline__fields")) {
      const head = target.closest("details").querySelector("summary");
      head.focus();
      head.click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!step || !target.matches("summary")) return;
    event.preventDefault();
    summaries()[summaries().indexOf(target) + step]?.focus();
  }

  /** Another drawing has other objects: what is open stays so, and the cursor where it is. */
  function stayThroughLoading() {
    const registry = modeler.get("elementRegistry");
    let before = [];
    let cursor;
    modeler.on("import.parse.start", () => {
      before = registry.filter((one) => opened.has(keyOf(one))).map(({ id }) => id);
      cursor = box.contains(document.activeElement) && document.activeElement.id;
    });
    modeler.on("import.done", () => {
      for (const id of before) if (registry.get(id)) opened.add(keyOf(registry.get(id)));
      draw();
      if (cursor) document.getElementById(cursor)?.focus();
    });
  }

  function summaries() {
    return [...box.querySelectorAll("summary")];
  }
}

const keys = new WeakMap();

/** Stays the same when the id changes with the name, so that the focus stays where it is. */
function keyOf(step) {
  const object = getBusinessObject(step);
  if (!keys.has(object)) keys.set(object, crypto.randomUUID());
  return keys.get(object);
}

function button(label, onClick) {
  const className = "utrecht-button utrecht-button--secondary-action";
  return h("button", { type: "button", class: className, onClick }, label);
}
