/**
 * Small changes to the properties panel, for what it gives no setting.
 *
 * Each replaces one piece of one file by another while the scripts are built. The build fails
 * when the piece is not there exactly once, so that a new version never brings English back unseen.
 */
import { readFileSync } from "node:fs";

const PATCHES = [
  {
    // Fields get no `translate`: their fallback asks ours (see nl-bpmn.js).
    file: /@bpmn-io\/properties-panel\/dist\/index\.esm\.js$/,
    changes: [
      [
        "function translateFallback(template, replacements) {",
        "$& if (globalThis.panelTranslate) return globalThis.panelTranslate(template, replacements);",
      ],
    ],
  },
  {
    // Expressions complete with the functions of another engine: ours are in variables.js.
    file: /bpmn-js-properties-panel\/dist\/index\.esm\.js$/,
    changes: [
      [
        "value: DEFAULT_FEEL_LANGUAGE_CONTEXT,",
        "value: globalThis.panelFeel ?? DEFAULT_FEEL_LANGUAGE_CONTEXT,",
      ],
    ],
  },
  {
    // What is wrong in an expression is written out in English.
    file: /@bpmn-io\/feel-lint\/dist\/index\.js$/,
    changes: [
      [`\`Unrecognized token in <\${parent.name}>\``, '"Dit past hier niet."'],
      [`\`Unrecognized token <\${next.name}> in <\${parent.name}>\``, '"Dit past hier niet."'],
      [`\`Incomplete <\${ (before || parent).name }>\``, '"Deze uitdrukking is niet af."'],
      ["source: message.type", "source: undefined"],
      ["'First item is accessed via [1]'", '"Het eerste onderdeel van een lijst is [1]."'],
    ],
  },
];

export const panelPatches = {
  name: "panel-patches",
  setup(build) {
    const met = new Set();
    for (const { file, changes } of PATCHES) {
      build.onLoad({ filter: file }, ({ path }) => {
        met.add(file);
        const contents = changes.reduce(
          (source, change) => patched(source, change, path),
          read(path),
        );
        return { contents, loader: "js" };
      });
    }
    build.onEnd(() => {
      const unmet = PATCHES.filter(({ file }) => !met.has(file));
      return {
        errors: unmet.map(({ file }) => ({ text: `no file fits ${file}: see panel-patches.mjs` })),
      };
    });
  },
};

const read = (path) => readFileSync(path, "utf8");

/** `$&` in the replacement is the piece itself. */
function patched(source, [piece, replacement], path) {
  const parts = source.split(piece);
  if (parts.length !== 2) {
    throw new Error(`${path} has changed: look for ${piece} and mend panel-patches.mjs.`);
  }
  return parts.join(replacement.replace("$&", () => piece));
}
