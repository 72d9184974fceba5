/**
 * Leaves out custom properties that no rule of a style sheet reads, directly or through others.
 *
 * A design system defines thousands of them. postcss and not a pattern does the reading, because
 * class names such as `.a--b:hover` look like declarations.
 */
import postcss from "postcss";

const READS = /var\(\s*--([\w-]+)/g;
const namesIn = (value) => [...value.matchAll(READS)].map((match) => match[1]);

export function pruneTokens(css) {
  const root = postcss.parse(css);
  const definitions = new Map();
  const used = new Set();
  root.walkDecls((declaration) => {
    const names = namesIn(declaration.value);
    if (!declaration.prop.startsWith("--")) {
      for (const name of names) used.add(name);
      return;
    }
    const name = declaration.prop.slice(2);
    definitions.set(name, [...(definitions.get(name) ?? []), ...names]);
  });
  const queue = [...used];
  while (queue.length) {
    for (const name of definitions.get(queue.pop()) ?? []) {
      if (used.has(name)) continue;
      used.add(name);
      queue.push(name);
    }
  }
  root.walkDecls(/^--/, (declaration) => {
    if (!used.has(declaration.prop.slice(2))) declaration.remove();
  });
  return root.toString();
}
