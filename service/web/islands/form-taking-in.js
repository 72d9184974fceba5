/** Takes what a colleague set in fields that nobody changed here into the open form. */

/** With another of these a form is put together otherwise. */
const FRAME = ["id", "type", "key", "path", "layout"];

/** Tells `same` or `kept`; nothing when fields came, went or moved: then it is loaded anew. */
export function takeIntoForm(form, theirs) {
  const changes = differences(form.saveSchema(), theirs);
  if (!changes) return undefined;
  if (!changes.length) return "same";
  const registry = form.get("formFieldRegistry");
  const changedHere = new Set(form.get("commandStack")._stack.flatMap(fieldsOf));
  const fields = changes.map(({ id }) => registry.get(id));
  if (fields.some((field) => !field || changedHere.has(field))) return undefined;
  for (const [at, { settings }] of changes.entries()) Object.assign(fields[at], settings);
  const { schema } = form._getState();
  form._setState({ schema });
  return "kept";
}

/** `{ id, settings }` of each field that they set otherwise; nothing when it is another form. */
function differences(mine, theirs) {
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  for (const name of ["components", "exporter"]) names.delete(name);
  const other = [...names].filter((name) => !isSame(mine[name], theirs[name]));
  if (other.some((name) => FRAME.includes(name))) return undefined;
  const [own, parts] = [mine, theirs].map(({ components = [] }) => components);
  if (own.length !== parts.length) return undefined;
  const inside = own.map((one, at) => differences(one, parts[at]));
  if (inside.includes(undefined)) return undefined;
  const settings = Object.fromEntries(other.map((name) => [name, theirs[name]]));
  return [...(other.length ? [{ id: mine.id, settings }] : []), ...inside.flat()];
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const fieldsOf = ({ context }) => Object.values(context);
