/** What drawn diagrams share: a viewer in our font, marks and badges, zooming, and the keyboard. */
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "./styles/drawing.css";

/** The font of the pages: labels are measured with it, so that they break alike everywhere. */
export const fontFamily = '"Fira Sans", Arial, sans-serif';
/** Below this the words of a diagram cannot be read. */
const READABLE = 0.45;

/** A diagram in `container`. */
export class Drawing {
  /** The id of the element to show when the whole would be too small to read. */
  home;

  constructor(container) {
    this.container = container;
    this.viewer = new NavigatedViewer({
      container,
      textRenderer: { defaultStyle: { fontFamily } },
    });
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    }
  }

  /** Draws; `whenDrawn` adds what the page has to say. A diagram that fails says so itself. */
  async open(xml, whenDrawn) {
    try {
      await document.fonts.load(`12px ${fontFamily}`);
      await this.viewer.importXML(xml);
      whenDrawn();
      this.showWhole();
      this.container.dataset.ready = "yes";
    } catch {
      this.container.dataset.loading = this.container.dataset.failed;
    }
    makeKeyboardReachable(this.container, this.viewer, (how) => this.zoom(how));
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

  /** The whole width when that stays readable; otherwise readable, with home in the middle. */
  showWhole() {
    this.canvas.zoom("fit-viewport", "auto");
    if (this.canvas.zoom() < READABLE) this.showHome();
  }

  /** Whether an element lies within what is in sight. */
  sees(id) {
    const { x, y, width, height } = this.canvas.viewbox();
    const shape = this.element(id);
    const at = shape?.waypoints?.[0] ?? shape;
    return Boolean(at) && at.x >= x && at.y >= y && at.x <= x + width && at.y <= y + height;
  }

  showHome() {
    const shape = this.element(this.home);
    if (!shape) return;
    this.canvas.zoom(0.75);
    const { width, height, inner } = this.canvas.viewbox();
    this.canvas.viewbox({
      x: within(shape.x + shape.width / 2 - width / 2, inner.x, inner.width - width),
      y: within(shape.y + shape.height / 2 - height / 2, inner.y, inner.height - height),
      width,
      height,
    });
  }

  zoom(how) {
    if (how === "fit") this.canvas.zoom("fit-viewport", "auto");
    else if (how === "now") this.showHome();
    else this.viewer.get("zoomScroll").stepZoom(how === "in" ? 1 : -1);
  }
}

/** The drawing itself takes the focus, so the arrow keys move it and + and - zoom. */
export function makeKeyboardReachable(container, viewer, zoom) {
  const drawing = container.querySelector("svg[data-element-id], .djs-container > svg");
  if (!drawing) return;
  drawing.setAttribute("tabindex", "0");
  drawing.addEventListener("keydown", (event) => {
    const step = {
      ArrowLeft: [60, 0],
      ArrowRight: [-60, 0],
      ArrowUp: [0, 60],
      ArrowDown: [0, -60],
    };
    const zooming = { "+": "in", "-": "out", 0: "fit" }[event.key];
    if (zooming) zoom(zooming);
    else if (step[event.key]) {
      const [dx, dy] = step[event.key];
      viewer.get("canvas").scroll({ dx, dy });
    } else return;
    event.preventDefault();
  });
}

/** A place that leaves no empty paper beside the drawing, where the drawing is large enough. */
function within(wanted, start, room) {
  return room > 0 ? Math.min(Math.max(wanted, start), start + room) : wanted;
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
