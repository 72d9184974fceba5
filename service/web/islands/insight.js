/** How does this process run? The diagram with one kind of figures on it at a time. */
import { Drawing } from "./drawing.js";
import { pageData } from "./page-data.js";
import "./styles/insight.css";

const { xml, view, views } = pageData("diagram-data");
const drawing = new Drawing(document.getElementById("diagram"));
const links = [...document.querySelectorAll("[data-view]")];
let shown = [];

await drawing.open(xml, () => {
  keepArrowheads();
  show(view);
  drawing.home = busiest(shown);
});
for (const link of links) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.dataset.view);
    bringIntoSight();
    history.replaceState(null, "", link.href.split("#")[0]);
  });
}

function show(name) {
  for (const { id, level } of shown) {
    if (drawing.element(id)) drawing.canvas.removeMarker(id, `mr-heat-${level}`);
  }
  drawing.viewer.get("overlays").clear();
  shown = views[name];
  for (const { id, level, text } of shown) {
    drawing.mark(id, `mr-heat-${level}`);
    if (drawing.element(id)?.children?.length) drawing.mark(id, "mr-heat-frame");
    if (level > 0) drawing.badge(id, text, `mr-diagram__badge--${level}`);
  }
  for (const link of links) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const legend of document.querySelectorAll("[data-legend]")) {
    legend.hidden = legend.dataset.legend !== name;
  }
  const kept = document.querySelector("input[name=beeld]");
  if (kept) kept.value = name;
}

/** Arrowheads would grow with the lines that they end. */
function keepArrowheads() {
  for (const head of document.querySelectorAll("#diagram marker")) {
    head.setAttribute("markerUnits", "userSpaceOnUse");
    for (const side of ["markerWidth", "markerHeight"]) {
      head.setAttribute(side, 2.25 * head.getAttribute(side));
    }
  }
}

/** Moves the diagram only when nothing of what is shown now lies within what one sees. */
function bringIntoSight() {
  if (shown.some(({ id, level }) => level > 0 && drawing.sees(id))) return;
  drawing.home = busiest(shown);
  drawing.showNow();
}

/** Marks come in order, the strongest last; a flow is no place to go to. */
function busiest(marks) {
  return marks.findLast(({ id, level }) => level > 0 && !drawing.element(id)?.waypoints)?.id;
}
