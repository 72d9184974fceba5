/** Finds a field of the properties panel by what a reader sees, and goes to it. */
import { translate } from "../nl-bpmn.js";

const WAIT = 50;
const TRIES = 20;

/**
 * Opens the field under these labels, from outside in: a group, perhaps an item of its list, a
 * field. What the panel does not show is left alone.
 *
 * The panel of another element takes a moment to be there, and to listen.
 */
export function goToEntry({ panel, eventBus, labels, tries = TRIES }) {
  if (!labels.length || !tries) return;
  setTimeout(() => {
    const entry = entryUnder(panel, labels);
    if (entry?.contains(document.activeElement)) return;
    if (entry) eventBus.fire("propertiesPanel.showEntry", { id: entry.dataset.entryId });
    goToEntry({ panel, eventBus, labels, tries: tries - 1 });
  }, WAIT);
}

function entryUnder(panel, [group, ...labels]) {
  const groups = [...panel.querySelectorAll(".bio-properties-panel-group")];
  let found = groups.find((one) => titleOf(one) === group);
  for (const label of labels) {
    const inside = [...(found?.querySelectorAll("[data-entry-id]") ?? [])];
    found = inside.find((one) => nameOf(one) === (label || translate("<empty>")));
  }
  return found;
}

const titleOf = (group) =>
  group.querySelector(".bio-properties-panel-group-header-title")?.textContent;

/** An item of a list has a title, a field has a label. */
function nameOf(entry) {
  const title = entry.querySelector(".bio-properties-panel-collapsible-entry-header-title");
  return (title ?? entry.querySelector("label"))?.textContent;
}
