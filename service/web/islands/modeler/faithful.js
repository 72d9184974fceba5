/** What a file says is saved again, also where bpmn-js by itself would leave it out. */
import { getDi } from "bpmn-js/lib/util/ModelUtil";

const AFTER_ORDERING = 1000;

class Faithful {
  static $inject = ["bpmnjs", "elementRegistry", "eventBus", "moddle"];

  constructor(bpmnjs, elementRegistry, eventBus, moddle) {
    // BPMN knows no default for it: an edge without shows no envelope.
    const edge = moddle.getType("bpmndi:BPMNEdge").$descriptor;
    delete edge.propertiesByName["bpmndi:messageVisibleKind"].default;

    // bpmn-js writes only what it has drawn, and draws no process outside the pools.
    let planes = [];
    eventBus.on(["import.render.complete", "redrawn"], () => {
      const drawn = new Set(elementRegistry.getAll().map(getDi));
      planes = bpmnjs
        .getDefinitions()
        .diagrams.filter(({ plane }) => plane)
        .map(({ plane }) => ({
          plane,
          undrawn: plane.get("planeElement").filter((element) => !drawn.has(element)),
        }));
    });
    eventBus.on("saveXML.start", AFTER_ORDERING, () => {
      for (const { plane, undrawn } of planes) {
        const written = new Set(plane.get("planeElement"));
        plane.get("planeElement").push(...undrawn.filter((element) => !written.has(element)));
      }
    });
  }
}

export const faithfulModule = { __init__: ["faithful"], faithful: ["type", Faithful] };
