/** What the guard says, while somebody draws: beside the elements, and in a list. */
import { FindingsList, inWords } from "../findings-list.js";
import { goToEntry } from "./panel-entry.js";

const SIGN = { error: "✕", warning: "!" };

export function createFindings({ modeler, api, panel }) {
  return new FindingsList({ api, onFound: showBadges, onPick: open });

  /** Selects the element and opens the field of the panel where it is mended. */
  function open({ element, field }) {
    const shown = shapeOf(element) ?? modeler.get("canvas").getRootElement();
    modeler.get("canvas").scrollToElement(shown, 80);
    modeler.get("selection").select(shown);
    goToEntry({ panel, eventBus: modeler.get("eventBus"), labels: field });
  }

  /** What the canvas shows of an element: itself, or what uses it, as an event does a message. */
  function shapeOf(id) {
    const registry = modeler.get("elementRegistry");
    return registry.get(id) ?? registry.find(({ businessObject }) => uses(businessObject, id));
  }

  function showBadges(findings) {
    const overlays = modeler.get("overlays");
    overlays.remove({ type: "mr-finding" });
    for (const [shape, found] of Map.groupBy(findings, ({ element }) => shapeOf(element))) {
      if (!shape?.parent) continue;
      overlays.add(shape, "mr-finding", { position: { top: -14, right: 14 }, html: badge(found) });
    }
  }

  function badge(found) {
    const button = document.createElement("button");
    const severity = found.some((one) => one.severity === "error") ? "error" : "warning";
    button.type = "button";
    button.className = `mr-finding mr-finding--${severity}`;
    button.textContent = `${SIGN[severity]} ${found.length}`;
    button.title = found.map(({ reason }) => reason).join("\n");
    button.setAttribute("aria-label", `${found.length}: ${inWords(found)} ${button.title}`);
    button.addEventListener("click", () => open(found[0]));
    return button;
  }
}

function uses({ processRef, messageRef, eventDefinitions = [] }, id) {
  const triggers = eventDefinitions.flatMap((one) => [
    one.messageRef,
    one.signalRef,
    one.errorRef,
    one.escalationRef,
  ]);
  return [processRef, messageRef, ...triggers].some((one) => one && one.id === id);
}
