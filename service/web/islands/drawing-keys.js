/** A drawing that takes the focus, so that the arrow keys move it and + and - make it larger or smaller. */
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
