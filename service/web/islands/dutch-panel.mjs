/**
 * Lets the fields of the properties panel speak the language of the page.
 *
 * Its groups get `translate` from the editor, but bpmn-js-properties-panel does not hand it on to
 * the fields: those fall back on a function of the package itself. This plug-in of the build
 * points that one function at `globalThis.panelTranslate` (see nl-bpmn.js). It fails the build
 * when the package is not what it was, so that English never comes back unseen.
 */
import { readFileSync } from "node:fs";

const FALLBACK = "function translateFallback(template, replacements) {";
const OURS =
  "if (globalThis.panelTranslate) return globalThis.panelTranslate(template, replacements);";

export const dutchPanel = {
  name: "dutch-panel",
  setup(build) {
    build.onLoad({ filter: /@bpmn-io\/properties-panel\/dist\/index\.esm\.js$/ }, ({ path }) => {
      const parts = readFileSync(path, "utf8").split(FALLBACK);
      if (parts.length !== 2) {
        throw new Error(
          `${path} has changed: look at dutch-panel.mjs and find its fallback again.`,
        );
      }
      return { contents: parts.join(`${FALLBACK} ${OURS}`), loader: "js" };
    });
  },
};
