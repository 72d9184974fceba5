/** Takes out of palette and menus what the engine does not run: see docs/bpmn.md. */

/** Parts of entry ids in the palette, the context pad and the menus to create, append and replace. */
const REFUSED = [
  "complex-gateway",
  "ad-hoc-subprocess",
  "adhoc",
  "compensation-start",
  "none-boundary",
  "participant-multiplicity",
];
const isRefused = (id) => REFUSED.some((part) => id.includes(part));

/** After all others: a provider of a low priority sees what they offer. */
const LAST = 100;

class Offered {
  static $inject = ["popupMenu", "palette", "contextPad"];

  constructor(popupMenu, palette, contextPad) {
    for (const menu of ["bpmn-replace", "bpmn-append", "bpmn-create"]) {
      popupMenu.registerProvider(menu, LAST, this);
    }
    palette.registerProvider(LAST, this);
    contextPad.registerProvider(LAST, this);
  }

  getPopupMenuEntries() {
    return without;
  }

  getPopupMenuHeaderEntries() {
    return without;
  }

  getPaletteEntries() {
    return without;
  }

  getContextPadEntries() {
    return without;
  }
}

function without(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => !isRefused(id)));
}

export const offeredModule = { __init__: ["offered"], offered: ["type", Offered] };
