/** What drawn diagrams share: a viewer in our font, marks and badges, zooming, and the keyboard. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { fontLoaded, textRenderer } from "./font.js";
import "./styles/drawing.css";
import { zoomable } from "./zoom.js";

/** A diagram in `container`. */
export class Drawing {
  /** The id of the element to show when the whole would be too small to read. */
  home;

  constructor(container) {
    this.container = container;
    this.viewer = new NavigatedViewer({ container, textRenderer });
    Object.assign(
      this,
      zoomable(this.viewer, container, () => this.home),
    );
  }

  /** Draws; `whenDrawn` adds what the page has to say. A diagram that fails says so itself. */
  async open(xml, whenDrawn) {
    try {
      await fontLoaded();
      await this.viewer.importXML(xml);
      whenDrawn();
      this.showWhole();
      this.container.dataset.ready = "yes";
    } catch {
      this.container.dataset.loading = this.container.dataset.failed;
    }
  }

  get canvas() {
    return this.viewer.get("canvas");
  }

  element(id) {
    return this.viewer.get("elementRegistry").get(id);
  }

  mark(id, marker) {
    if (this.element(id)) this.canvas.addMarker(id, marker);
  }

  /** Words at an element: at its corner, or halfway a flow. */
  badge(id, text, look = "") {
    const element = this.element(id);
    if (!element) return;
    const html = document.createElement("div");
    html.className = `mr-diagram__badge ${look}`.trim();
    html.textContent = text;
    const position = element.waypoints ? halfway(element.waypoints) : { top: -14, left: 4 };
    this.viewer.get("overlays").add(element, { position, html });
  }

  /** Whether an element lies within what is in sight. */
  sees(id) {
    const { x, y, width, height } = this.canvas.viewbox();
    const shape = this.element(id);
    const at = shape?.waypoints?.[0] ?? shape;
    return Boolean(at) && at.x >= x && at.y >= y && at.x <= x + width && at.y <= y + height;
  }
}

/** The middle of the longest piece of a flow, from the corner of its box. */
function halfway(points) {
  const pieces = points.slice(1).map((end, index) => [points[index], end]);
  const size = ([a, b]) => Math.hypot(b.x - a.x, b.y - a.y);
  const [from, to] = pieces.reduce((best, one) => (size(one) > size(best) ? one : best));
  const corner = (axis) => Math.min(...points.map((point) => point[axis]));
  return {
    left: (from.x + to.x) / 2 - corner("x") - 10,
    top: (from.y + to.y) / 2 - corner("y") - 9,
  };
}
