/** The diagram as text, and another text as diagram: place on the canvas and selection stay. */
import { createTakingIn } from "./taking-in.js";

export function createDocument(modeler) {
  const changeInPlace = createTakingIn(modeler);
  return { write, open, takeIn, isInHand };

  async function write() {
    const { xml } = await modeler.saveXML({ format: true });
    return xml;
  }

  async function open(content) {
    const canvas = modeler.get("canvas");
    const before = modeler.getDefinitions() && {
      root: canvas.getRootElement().id,
      view: canvas.viewbox(),
      selected: modeler.get("selection").get(),
    };
    const { warnings } = await modeler.importXML(content);
    if (!before) showReadable(canvas);
    else restore(before);
    return warnings;
  }

  /** What colleagues made of it. */
  function takeIn(content) {
    modeler.get("dragging").cancel();
    return changeInPlace(content);
  }

  /** Whether something is being dragged or put in its place. */
  function isInHand() {
    return Boolean(modeler.get("dragging").context());
  }

  function restore({ root, view, selected }) {
    const canvas = modeler.get("canvas");
    const registry = modeler.get("elementRegistry");
    const plane = canvas.getRootElements().find(({ id }) => id === root);
    if (plane) canvas.setRootElement(plane);
    canvas.viewbox({ x: view.x, y: view.y, width: view.width, height: view.height });
    const found = selected.map(({ id }) => registry.get(id)).filter(Boolean);
    if (found.length) modeler.get("selection").select(found);
  }
}

/** The whole diagram when it stays readable; otherwise its beginning. */
function showReadable(canvas) {
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() >= 0.5) return;
  const { inner, outer } = canvas.viewbox();
  const scale = 0.8;
  canvas.viewbox({
    x: inner.x - 90 / scale,
    y: inner.y - 20,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}
