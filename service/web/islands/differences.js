/** How the file of a colleague differs from ours: what to set in ours to make it the same. */

/**
 * `changes` says what to set: a `value` under the `name` of an `object`, which belongs to `owner`,
 * the first around it that `isWhole`; `newcomers` are in the value and were not. `came` is what ours
 * lacks (taken from theirs), `gone` what theirs lacks. Ours stay the same objects, and all that is
 * set refers to them. Gives nothing when two parts of one file have the same name: then nothing
 * tells which is which.
 */
export function differences(mine, theirs, isWhole) {
  const ours = byKey(mine);
  if (!ours || !byKey(theirs)) return undefined;
  const met = new Set();
  const changes = [];
  const came = [];
  compare(mine, theirs);
  const gone = [...partsOf(mine)].filter((one) => !met.has(one));
  return { changes, came, gone };

  /** What came is compared with itself: only what it refers to may become ours. */
  function compare(into, other, within) {
    met.add(into);
    if (into === other) came.push(other);
    const owner = ownerOf(into, other) ?? within;
    for (const name of new Set([...attributesOf(into), ...attributesOf(other)])) {
      const value = other.$attrs[name];
      if (into.$attrs[name] !== value) changes.push({ owner, object: into, name, value });
    }
    for (const property of propertiesOf(other)) compareProperty(property, into, other, owner);
  }

  function compareProperty({ name, ns, isMany, isReference, ...property }, into, other, owner) {
    const [before, theirs] = [into, other].map((one) => listed(one.get(name) ?? property.default));
    const left = [...before];
    const after = theirs.map((one) => counterpart(one, left));
    if (isOther(before, after)) {
      const { localName: part } = ns;
      const newcomers = after.filter((one) => !before.includes(one));
      const value = isMany ? after : after[0];
      changes.push({ owner, object: into, name, part, value, isReference, newcomers });
    }
    if (isReference) return;
    for (const [at, one] of theirs.entries()) if (one?.$type) compare(after[at], one, owner);
  }

  function ownerOf(into, other) {
    if (other.bpmnElement) return counterpart(other.bpmnElement, []);
    return into === other || isWhole(into) ? into : undefined;
  }

  function counterpart(one, left) {
    const known = ours.get(keyOf(one ?? {}));
    if (known) return known;
    const at = left.findIndex((other) => likeness(other) === likeness(one));
    return at < 0 ? one : left.splice(at, 1)[0];
  }
}

/** Makes ours the same. */
export function apply(changes) {
  for (const { object, name, value, isReference } of changes) {
    object.set(name, value);
    if (isReference) continue;
    for (const part of listed(value)) if (part?.$type) part.$parent = object;
  }
}

/** An object with all that it contains. */
function* partsOf(object) {
  yield object;
  for (const { name, isReference } of propertiesOf(object)) {
    if (isReference) continue;
    for (const part of listed(object.get(name))) if (part?.$type) yield* partsOf(part);
  }
}

export const isOfDrawing = ({ $type }) => /^(dc|di|bpmndi|dmndi):/.test($type);
export const listed = (value) => [value ?? []].flat();

function byKey(definitions) {
  const found = new Map();
  for (const one of partsOf(definitions)) {
    const key = one === definitions ? undefined : keyOf(one);
    if (key && found.has(key)) return undefined;
    if (key) found.set(key, one);
  }
  return found;
}

/** What of the whole file one is: by its id, or what is drawn by what it draws. */
function keyOf({ $type, $descriptor, id, bpmnElement }) {
  if (!$type || $descriptor.isGeneric || !(bpmnElement ?? id)) return undefined;
  return bpmnElement ? `${$type} of ${bpmnElement.id}` : `${$type} ${id}`;
}

/** What of its neighbours one is, when it has no id. */
function likeness(value) {
  if (!value?.$type) return value;
  if (value.$descriptor.isGeneric) return JSON.stringify(value);
  if (value.$type === "dc:Point") return `${value.x} ${value.y}`;
  return keyOf(value) ?? `${value.$type} ${value.name ?? ""}`;
}

/** The order counts among values and what has no id. */
function isOther(before, after) {
  if (before.length !== after.length) return true;
  return after.some((one, at) => (keyOf(one ?? {}) ? !before.includes(one) : before[at] !== one));
}

const attributesOf = ({ $attrs = {} }) =>
  Object.keys($attrs).filter((name) => !name.startsWith("xmlns"));
const propertiesOf = ({ $descriptor: { properties = [] } }) =>
  properties.filter(({ isVirtual }) => !isVirtual);
