/** The notices that must travel with a bundle: name, version and licence text of each package in it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//;

export function licenceNotices(metafile, here) {
  const names = new Set(Object.keys(metafile.inputs).map((file) => file.match(PACKAGE)?.[1]));
  names.delete(undefined);
  return [...names]
    .sort()
    .map((name) => notice(path.join(here, "node_modules", name)))
    .join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder) {
  const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = existsSync(folder) && readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : `Licence: ${about.license}`;
  return `${about.name} ${about.version}\n\n${text}\n`;
}
