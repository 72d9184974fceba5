/** Two versions of a diagram beside each other: what differs is marked, and they move together. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { fontLoaded, textRenderer } from "./font.js";
import { pageData } from "./page-data.js";
import "./styles/drawing.css";
import "./styles/compare.css";
import { makeKeyboardReachable } from "./zoom.js";

const data = pageData("compare-data");
const place = document.getElementById("vergelijken");
const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "↔" };
const viewers = [];

place.hidden = false;
await fontLoaded();
for (const container of place.querySelectorAll("[data-side]")) await draw(container);
moveTogether();
showWhole();
for (const button of place.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoom(button.dataset.zoom));
}
place.parentElement.querySelectorAll("li[data-element]").forEach(makeButton);

async function draw(container) {
  const viewer = new NavigatedViewer({
    container,
    canvas: { deferUpdate: false },
    textRenderer,
  });
  try {
    await viewer.importXML(data[container.dataset.side]);
  } catch {
    container.dataset.loading = container.dataset.failed;
    return;
  }
  mark(viewer);
  makeKeyboardReachable(container, viewer, zoom);
  container.dataset.ready = "yes";
  viewers.push(viewer);
}

/** Marks what is in this version: a line of its own for each kind, and a badge with a sign. */
function mark(viewer) {
  const registry = viewer.get("elementRegistry");
  for (const [id, kind] of Object.entries(data.marks)) {
    const element = registry.get(id);
    if (!element) continue;
    viewer.get("canvas").addMarker(id, `mr-diff-${kind}`);
    if (element.waypoints) continue;
    const html = document.createElement("div");
    html.className = `mr-diff-badge mr-diff-badge--${kind}`;
    html.textContent = SIGNS[kind];
    html.title = data.words[kind];
    viewer.get("overlays").add(id, { position: { top: -11, left: -11 }, html });
  }
}

/** What one shows, the other shows too. */
function moveTogether() {
  let following = false;
  for (const viewer of viewers) {
    viewer.on("canvas.viewbox.changed", ({ viewbox }) => {
      if (following) return;
      following = true;
      const { x, y, width, height } = viewbox;
      for (const other of viewers) {
        if (other !== viewer) other.get("canvas").viewbox({ x, y, width, height });
      }
      following = false;
    });
  }
}

/** The whole width when that stays readable; otherwise the first change, readable. */
function showWhole() {
  zoom("fit");
  const first = place.parentElement.querySelector("li[data-element]")?.dataset.element;
  if (viewers.length && viewers.at(-1).get("canvas").zoom() < 0.45 && first) centre(first, 0.6);
}

function zoom(how) {
  const viewer = viewers.at(-1);
  if (!viewer) return;
  if (how === "fit") viewer.get("canvas").zoom("fit-viewport", "auto");
  else viewer.get("zoomScroll").stepZoom(how === "in" ? 1 : -1);
}

/** A sentence about something in the drawing leads there. */
function makeButton(line) {
  const { element } = line.dataset;
  if (!viewers.some((viewer) => viewer.get("elementRegistry").get(element))) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mr-changes__go";
  button.append(...line.childNodes);
  button.addEventListener("click", () => show(element));
  line.append(button);
}

/** Brings an element into the middle and points at it, in every version that has it. */
function show(id) {
  centre(id, 0.9);
  for (const viewer of viewers) {
    const element = viewer.get("elementRegistry").get(id);
    viewer.get("selection").select(element ?? null);
  }
  place.scrollIntoView({ block: "nearest" });
}

function centre(id, scale) {
  const viewer = viewers.findLast((one) => one.get("elementRegistry").get(id));
  if (!viewer) return;
  const canvas = viewer.get("canvas");
  const { x, y, width, height } = boxOf(viewer.get("elementRegistry").get(id));
  canvas.zoom(scale);
  const seen = canvas.viewbox();
  canvas.viewbox({
    x: x + width / 2 - seen.width / 2,
    y: y + height / 2 - seen.height / 2,
    width: seen.width,
    height: seen.height,
  });
}

function boxOf(element) {
  if (!element.waypoints) return element;
  const xs = element.waypoints.map((point) => point.x);
  const ys = element.waypoints.map((point) => point.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
