/** What the guard says, while somebody draws: beside the elements, and in a list. */
import { fieldOf } from "./finding-fields.js";

const WAIT = 200;
const SIGN = { error: "✕", warning: "!" };
const NOUN = { error: ["fout", "fouten"], warning: ["waarschuwing", "waarschuwingen"] };

export function createFindings({ modeler, api, document: diagram, list }) {
  let timer;
  let asking;
  let shown = [];
  const summary = Object.assign(document.createElement("p"), { className: "mr-remarks__summary" });
  summary.setAttribute("role", "status");
  const items = Object.assign(document.createElement("ul"), { className: "mr-remarks" });
  list.append(summary, items);
  return { later, look };

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  }

  async function look() {
    clearTimeout(timer);
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const start = performance.now();
    try {
      const { findings } = await api.findings(await diagram.write(), signal);
      if (signal.aborted) return;
      show(findings);
      performance.measure("findings", { start, end: performance.now() });
    } catch (error) {
      if (error.name !== "AbortError") summary.textContent = "De controle is nu niet bereikbaar.";
    }
  }

  function show(findings) {
    shown = findings;
    summary.textContent = inWords(findings);
    items.replaceChildren(...findings.map(item));
    showBadges();
  }

  function item(finding) {
    const line = document.createElement("li");
    line.className = `mr-remarks__item mr-remarks__item--${finding.severity}`;
    const button = document.createElement("button");
    button.type = "button";
    const kind = finding.severity === "error" ? "Fout" : "Waarschuwing";
    button.textContent = `${SIGN[finding.severity]} ${kind}: ${finding.reason}`;
    button.addEventListener("click", () => open(finding));
    const wayOut = document.createElement("p");
    wayOut.textContent = finding.way_out;
    line.append(button, wayOut);
    return line;
  }

  /** Selects the element and opens the field of the panel where it is mended. */
  function open({ element, code }) {
    const found = modeler.get("elementRegistry").get(element);
    if (!found) return;
    modeler.get("selection").select(found);
    modeler.get("canvas").scrollToElement(found, 80);
    const field = fieldOf(code, found.type);
    if (field)
      setTimeout(
        () => modeler.get("eventBus").fire("propertiesPanel.showEntry", { id: field }),
        50,
      );
  }

  function showBadges() {
    const overlays = modeler.get("overlays");
    overlays.remove({ type: "mr-finding" });
    for (const [id, found] of Map.groupBy(shown, ({ element }) => element)) {
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

function inWords(findings) {
  const parts = ["error", "warning"].flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count ? [`${count} ${NOUN[severity][Number(count !== 1)]}`] : [];
  });
  return parts.length ? `${parts.join(" en ")}.` : "Geen fouten en geen waarschuwingen.";
}
