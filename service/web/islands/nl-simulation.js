/**
 * Dutch for the token simulation, whose words are fixed in its code: they are replaced where they
 * appear on the page. What is not known is kept in `data-untranslated`, where a test finds it.
 */
const WORDS = {
  "Token Simulation": "Simulatie",
  "Simulation Log": "Verslag van de simulatie",
  "Toggle Simulation Log": "Verslag tonen of verbergen",
  "Play/Pause Simulation": "Verder of pauze",
  "Reset Simulation": "Opnieuw beginnen",
  "Pause Simulation": "Pauze",
  "Play Simulation": "Verder",
  "Set animation speed = Slow": "Langzaam",
  "Set animation speed = Normal": "Gewoon tempo",
  "Set animation speed = Fast": "Snel",
  "Set Sequence Flow": "Andere kant op",
  "Add pause point": "Hier wachten",
  "Remove pause point": "Hier niet meer wachten",
  "Trigger Event": "Laten gebeuren",
  "Found unsupported elements": "Dit diagram heeft elementen die de simulatie niet kent",
  "Not supported": "Niet in de simulatie",
  "No Entries": "Nog niets gebeurd",
  Close: "Sluiten",
  Finished: "Klaar",
  Process: "Proces",
  SubProcess: "Deelproces",
  "Service Task": "Automatische stap",
  "User Task": "Taak",
  "Call Activity": "Ander proces",
  "Script Task": "Berekening",
  "Business Rule Task": "Beslistabel",
  "Manual Task": "Handmatige taak",
  "Receive Task": "Ontvangen",
  "Send Task": "Versturen",
  Task: "Taak",
  "Exclusive Gateway": "Keuze",
  "Parallel Gateway": "Tegelijk",
  "Inclusive Gateway": "Eén of meer",
  "Start Event": "Begin",
  "Intermediate Event": "Gebeurtenis",
  "Boundary Event": "Gebeurtenis op een rand",
  "End Event": "Einde",
};
const PATTERNS = [
  [/^(.+) started$/, (what) => `${word(what)} begonnen`],
  [/^(.+) finished$/, (what) => `${word(what)} klaar`],
  [/^(.+) canceled$/, (what) => `${word(what)} afgebroken`],
  [/^Focus process instance (.+)$/, (id) => `Alleen deze zaak tonen: ${id}`],
];
const ATTRIBUTES = ["title", "aria-label"];
const DUTCH = new Set(Object.values(WORDS));
const NO_WORDS = /^[\d\s.,]*$|^[a-z0-9]{5,8}$/;

function word(text) {
  return WORDS[text] ?? text;
}

/** Keeps everything of the simulation within `container` Dutch; `names` are those of the diagram. */
export function translateSimulation(container, names) {
  const unknown = new Set();

  function translated(text) {
    const known = text.trim().replaceAll(/\s+/g, " ");
    if (names.has(known) || DUTCH.has(known) || NO_WORDS.test(known)) return null;
    if (WORDS[known]) return WORDS[known];
    for (const [pattern, said] of PATTERNS) {
      const match = pattern.exec(known);
      if (match) return said(match[1]);
    }
    return isDutchSentence(known) ? null : note(known);
  }

  function isDutchSentence(text) {
    return /(begonnen|klaar|afgebroken)$|^Alleen deze zaak tonen: /.test(text);
  }

  function note(text) {
    unknown.add(text);
    container.dataset.untranslated = JSON.stringify([...unknown]);
    return null;
  }

  function translateText(node) {
    if (!node.parentElement?.closest("[class*='bts-']")) return;
    const said = translated(node.data);
    if (said) node.data = said;
  }

  function translateElement(element) {
    for (const name of ATTRIBUTES) {
      const said = element.hasAttribute(name) && translated(element.getAttribute(name));
      if (said) element.setAttribute(name, said);
    }
  }

  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else if (node.closest("[class*='bts-']")) translateElement(node);
    }
  }

  container.dataset.untranslated = "[]";
  translate(container);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(translate);
      else translate(target);
    }
  }).observe(container, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
}
