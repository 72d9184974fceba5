/**
 * Builds the browser side: `node build.mjs OUTDIR`.
 *
 * Every file in this folder that is named in ENTRIES becomes one hashed script with, where it
 * imports CSS, one hashed style sheet. `manifest.json` tells the server which names they got
 * (read by service/web/assets.py); the licences of everything bundled lie beside them.
 */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { licenceNotices } from "./licences.mjs";
import { onePreact } from "./one-preact.mjs";
import { panelPatches } from "./panel-patches.mjs";
import { pruneTokens } from "./prune-tokens.mjs";

const ENTRIES = ["base", "case-diagram", "api-docs", "compare", "insight", "simulate"];
/** Built apart: what they share with the pages above would make those larger. */
const EDITORS = ["modeler", "table-editor", "form-editor"];
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const outdir = path.resolve(process.argv[2] ?? path.join(here, "../static/dist"));

const bundle = (names, plugins) => ({
  absWorkingDir: here,
  entryPoints: Object.fromEntries(names.map((name) => [name, `${name}.js`])),
  outdir,
  write: false,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "asset-[hash]",
  legalComments: "linked",
  metafile: true,
  loader: { ".woff": "empty", ".woff2": "file", ".svg": "file", ".ttf": "file", ".eot": "empty" },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
  plugins,
});
const results = [
  await build(bundle(ENTRIES, [])),
  await build(bundle(EDITORS, [onePreact, panelPatches])),
];
const metafile = {
  inputs: Object.assign({}, ...results.map(({ metafile }) => metafile.inputs)),
  outputs: Object.assign({}, ...results.map(({ metafile }) => metafile.outputs)),
};

const renamed = new Map();
const files = new Map(
  results
    .flatMap(({ outputFiles }) => outputFiles)
    .map((file) => [path.relative(outdir, file.path), Buffer.from(file.contents)]),
);
for (const name of [...files.keys()].filter((name) => name.endsWith(".css"))) pruneStyles(name);

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
for (const [name, content] of files) writeFileSync(path.join(outdir, name), content);
writeFileSync(path.join(outdir, "manifest.json"), `${JSON.stringify(manifest(), null, 1)}\n`);
writeFileSync(path.join(outdir, "LICENCES.txt"), licenceNotices(metafile, here));

/** Leaves out the design tokens nobody uses; a new content gets a new name, its notice moves along. */
function pruneStyles(name) {
  const pruned = pruneTokens(files.get(name).toString());
  const hash = createHash("sha256").update(pruned).digest("hex").slice(0, 8).toUpperCase();
  const target = name.replace(/-[A-Z0-9]{8}\.css$/, `-${hash}.css`);
  files.delete(name);
  files.set(target, Buffer.from(pruned.replaceAll(name, target)));
  renamed.set(name, target);
  const notice = files.get(`${name}.LEGAL.txt`);
  if (!notice) return;
  files.delete(`${name}.LEGAL.txt`);
  files.set(`${target}.LEGAL.txt`, notice);
}

function manifest() {
  const { outputs } = metafile;
  const fromOut = (file) => path.relative(outdir, path.resolve(here, file));
  const entries = Object.entries(outputs).filter(([, output]) => output.entryPoint);
  return Object.fromEntries(
    entries.map(([file, output]) => [
      path.basename(output.entryPoint, ".js"),
      {
        js: fromOut(file),
        css: output.cssBundle ? renamed.get(fromOut(output.cssBundle)) : null,
        preload: [...staticImports(file, outputs)].map(fromOut),
      },
    ]),
  );
}

function staticImports(file, outputs, seen = new Set()) {
  for (const imported of outputs[file].imports) {
    if (imported.kind !== "import-statement" || seen.has(imported.path)) continue;
    seen.add(imported.path);
    staticImports(imported.path, outputs, seen);
  }
  return seen;
}
