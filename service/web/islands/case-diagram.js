/** Where does this case stand? The diagram with what is done, what is now, and the path between. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { makeKeyboardReachable } from "./drawing-keys.js";
import { pageData } from "./page-data.js";
import "./styles/case-diagram.css";

const container = document.getElementById("diagram");
const { xml, done, now, taken, badges } = pageData("diagram-data");
/** The font of the pages: labels are measured with it, so that they break alike everywhere. */
const fontFamily = '"Fira Sans", Arial, sans-serif';
const viewer = new NavigatedViewer({
  container,
  textRenderer: { defaultStyle: { fontFamily } },
});

try {
  await document.fonts.load(`12px ${fontFamily}`);
  await viewer.importXML(xml);
  mark();
  showWhole();
  container.dataset.ready = "yes";
} catch {
  container.dataset.loading = container.dataset.failed;
}
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => zoom(button.dataset.zoom));
}
makeKeyboardReachable(container, viewer, zoom);

function mark() {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  const markers = { "mr-done": done, "mr-now": now, "mr-taken": taken };
  for (const [marker, ids] of Object.entries(markers)) {
    for (const id of ids ?? []) if (registry.get(id)) canvas.addMarker(id, marker);
  }
  for (const { element, text } of badges ?? []) {
    if (!registry.get(element)) continue;
    const html = document.createElement("div");
    html.className = "mr-diagram__badge";
    html.textContent = text;
    viewer.get("overlays").add(element, { position: { top: -14, left: 4 }, html });
  }
}

/** The whole width when that stays readable; otherwise readable, with what is now in the middle. */
function showWhole() {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() < 0.45) showNow();
}

function showNow() {
  const canvas = viewer.get("canvas");
  const shape = viewer.get("elementRegistry").get(now?.[0] ?? done?.at(-1));
  if (!shape) return;
  canvas.zoom(0.75);
  const { width, height } = canvas.viewbox();
  canvas.viewbox({
    x: shape.x + shape.width / 2 - width / 2,
    y: shape.y + shape.height / 2 - height / 2,
    width,
    height,
  });
}

function zoom(how) {
  if (how === "fit") viewer.get("canvas").zoom("fit-viewport", "auto");
  else if (how === "now") showNow();
  else viewer.get("zoomScroll").stepZoom(how === "in" ? 1 : -1);
}
