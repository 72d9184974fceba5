/** How tokens can go through a diagram: the one who looks says which way, nothing is calculated. */
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { SCOPE_CREATE_EVENT } from "bpmn-js-token-simulation/lib/util/EventHelper";
import TokenSimulation from "bpmn-js-token-simulation/lib/viewer";
import { fontLoaded, textRenderer } from "./font.js";
import { translateSimulation } from "./nl-simulation.js";
import { pageData } from "./page-data.js";
import "./styles/drawing.css";
import "./styles/simulate.css";
import { zoomable } from "./zoom.js";

/** Below this the library draws no buttons at the elements. */
const READABLE = 0.5;
const COLOURS = ["#0c5a86", "#8a2c5b", "#1b6136", "#7a4a00", "#4a3aa8", "#a1151b", "#14535a"];
/** A colour for each case; the library picks them at random, too light for its white text. */
function DarkColours(eventBus) {
  let next = 0;
  eventBus.on(SCOPE_CREATE_EVENT, 1500, ({ scope }) => {
    scope.colors = scope.parent?.colors ?? {
      primary: COLOURS[next++ % COLOURS.length],
      auxiliary: "#ffffff",
    };
  });
}
DarkColours.$inject = ["eventBus"];

const container = document.getElementById("simulation");
const { xml } = pageData("simulation-data");
const viewer = new NavigatedViewer({
  container,
  additionalModules: [TokenSimulation, { coloredScopes: ["type", DarkColours] }],
  textRenderer,
});
const { showWhole } = zoomable(viewer, container, firstStart, 0.2);

try {
  await fontLoaded();
  await viewer.importXML(xml);
  translateSimulation(container, names());
  letLogBeScrolled();
  viewer.get("toggleMode").toggleMode(true);
  showWhole(READABLE);
  container.dataset.ready = "yes";
} catch {
  container.dataset.loading = container.dataset.failed;
}

function firstStart() {
  const registry = viewer.get("elementRegistry");
  return registry.find(({ type, labelTarget }) => type === "bpmn:StartEvent" && !labelTarget)?.id;
}

/** With the keyboard too, and read aloud when something happens. */
function letLogBeScrolled() {
  const log = container.querySelector(".bts-log .bts-content");
  log?.setAttribute("role", "log");
  log?.setAttribute("aria-label", "Verslag van de simulatie");
  log?.setAttribute("tabindex", "0");
}

/** What the diagram itself says: that is Dutch already. */
function names() {
  const found = new Set();
  viewer.get("elementRegistry").forEach(({ businessObject }) => {
    const name = businessObject?.name?.trim().replaceAll(/\s+/g, " ");
    if (name) found.add(name);
  });
  return found;
}
