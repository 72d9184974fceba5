/** Zooming and moving a drawing with buttons and keys; shared by the islands that only show one. */

/**
 * `now` gives the id of the element that matters most at the moment, if there is one; it comes to
 * stand at `place`, as a part of the width.
 */
export function zoomable(viewer, container, now, place = 0.5) {
  const canvas = viewer.get("canvas");

  /** The whole width when that stays readable; otherwise what matters now, in the middle. */
  function showWhole(readable = 0.45) {
    canvas.zoom("fit-viewport", "auto");
    if (canvas.zoom() < readable) showNow();
  }

  function showNow() {
    const shape = viewer.get("elementRegistry").get(now());
    if (!shape) return;
    canvas.zoom(0.75);
    const { width, height, inner } = canvas.viewbox();
    canvas.viewbox({
      x: within(shape.x + shape.width / 2 - width * place, inner.x, inner.width - width),
      y: within(shape.y + shape.height / 2 - height / 2, inner.y, inner.height - height),
      width,
      height,
    });
  }

  function zoom(how) {
    if (how === "fit") canvas.zoom("fit-viewport", "auto");
    else if (how === "now") showNow();
    else viewer.get("zoomScroll").stepZoom(how === "in" ? 1 : -1);
  }

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom(button.dataset.zoom));
  }
  makeKeyboardReachable(container, viewer, zoom);
  return { showWhole, showNow };
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
