/** The notices that must travel with a bundle: each licence text once, under the packages it covers. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder of a package; one may lie inside another. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

export function licenceNotices(metafile, here) {
  const folders = new Set(Object.keys(metafile.inputs).map((file) => file.match(PACKAGE)?.[1]));
  folders.delete(undefined);
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { title, text } = notice(path.resolve(here, folder));
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  return [...byText]
    .map(([text, titles]) => `${titles.join("\n")}\n\n${text}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder) {
  const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file
    ? readFileSync(path.join(folder, file), "utf8").trim()
    : `Licence: ${about.license}`;
  return { title: `${about.name} ${about.version} (${about.license})`, text };
}
