/** Where does this case stand? The diagram with what is done, what is now, and the path between. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { pageData } from "./page-data.js";
import "./styles/case-diagram.css";
import { zoomable } from "./zoom.js";

const container = document.getElementById("diagram");
const { xml, done, now, taken, badges } = pageData("diagram-data");
/** The font of the pages: labels are measured with it, so that they break alike everywhere. */
const fontFamily = '"Fira Sans", Arial, sans-serif';
const viewer = new NavigatedViewer({
  container,
  textRenderer: { defaultStyle: { fontFamily } },
});
const { showWhole } = zoomable(viewer, container, () => now?.[0] ?? done?.at(-1));

try {
  await document.fonts.load(`12px ${fontFamily}`);
  await viewer.importXML(xml);
  mark();
  showWhole();
  container.dataset.ready = "yes";
} catch {
  container.dataset.loading = container.dataset.failed;
}

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
