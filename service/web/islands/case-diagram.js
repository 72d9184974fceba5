/** Where does this case stand? The diagram with what is done, what is now, and the path between. */
import { Drawing } from "./drawing.js";
import { pageData } from "./page-data.js";
import "./styles/case-diagram.css";

const { xml, done, now, taken, badges } = pageData("diagram-data");
const drawing = new Drawing(document.getElementById("diagram"));
drawing.home = now?.[0] ?? done?.at(-1);
await drawing.open(xml, mark);

function mark() {
  const markers = { "mr-done": done, "mr-now": now, "mr-taken": taken };
  for (const [marker, ids] of Object.entries(markers)) {
    for (const id of ids ?? []) drawing.mark(id, marker);
  }
  for (const { element, text } of badges ?? []) drawing.badge(element, text);
}
