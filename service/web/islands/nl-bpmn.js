/** Dutch for bpmn-js, its plug-ins and the properties panel: a translate module of diagram-js. */
import { WORDS } from "./nl-bpmn-words.js";

const missing = new Set();

/** A text in Dutch; `{name}` becomes `replacements.name`. What has no Dutch yet stays as it is. */
export function translate(template, replacements = {}) {
  const text = WORDS[template] ?? unknown(template);
  return text.replace(/{([^}]+)}/g, (whole, key) => {
    const value = replacements[key];
    return value === undefined ? whole : (WORDS[value] ?? String(value));
  });
}

/** What has been asked for and has no Dutch, for the test that looks. */
export function untranslated() {
  return [...missing].sort();
}

function unknown(template) {
  if (/[a-z]{2}/i.test(template)) missing.add(template);
  return template;
}

globalThis.panelTranslate = translate;

export const dutchModule = { translate: ["value", translate] };
