/**
 * Lets the form editor, its viewer and our own parts of its panel draw with one and the same Preact.
 *
 * The editor brings a version of its own; with two versions in one tree nothing would be drawn.
 */
import path from "node:path";

const OURS = /[\\/]islands[\\/]form-[\w-]+\.js$/;
const THEIRS = /@bpmn-io[\\/]form-js-viewer[\\/]/;

export const onePreact = {
  name: "one-preact",
  setup(build) {
    build.onResolve({ filter: /^preact($|\/)/ }, ({ path: name, importer, kind, pluginData }) => {
      if (pluginData === onePreact || !(OURS.test(importer) || THEIRS.test(importer))) return null;
      const resolveDir = path.join(
        build.initialOptions.absWorkingDir,
        "node_modules/@bpmn-io/form-js-editor",
      );
      return build.resolve(name, { resolveDir, kind, pluginData: onePreact });
    });
  },
};
