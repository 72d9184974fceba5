/** What the guard says, while somebody draws: beside the elements, and in a list. */
import { FindingsList, inWords } from "../findings-list.js";
import { fieldOf } from "./finding-fields.js";

const SIGN = { error: "✕", warning: "!" };

export function createFindings({ modeler, api }) {
  return new FindingsList({ api, onFound: showBadges, onPick: open });

  /** Selects the element and opens the field of the panel where it is mended. */
  function open({ element, code }) {
    const found = modeler.get("elementRegistry").get(element);
    if (!found) return;
    modeler.get("selection").select(found);
    modeler.get("canvas").scrollToElement(found, 80);
    const id = fieldOf(code, found.type);
    const show = () => modeler.get("eventBus").fire("propertiesPanel.showEntry", { id });
    if (id) setTimeout(show, 50);
  }

  function showBadges(findings) {
    const overlays = modeler.get("overlays");
    overlays.remove({ type: "mr-finding" });
    for (const [id, found] of Map.groupBy(findings, ({ element }) => element)) {
      if (!modeler.get("elementRegistry").get(id)) continue;
      overlays.add(id, "mr-finding", { position: { top: -14, right: 14 }, html: badge(found) });
    }
  }

  function badge(found) {
    const button = document.createElement("button");
    const severity = found.some((one) => one.severity === "error") ? "error" : "warning";
    button.type = "button";
    button.className = `mr-finding mr-finding--${severity}`;
    button.textContent = `${SIGN[severity]} ${found.length}`;
    button.title = found.map(({ reason }) => reason).join("\n");
    button.setAttribute("aria-label", `${inWords(found)} ${button.title}`);
    button.addEventListener("click", () => open(found[0]));
    return button;
  }
}
