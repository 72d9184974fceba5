/** The kinds of questions that a form may have, in Dutch, and how a new one begins. */
export const FIELDS = {
  textfield: "Tekst",
  textarea: "Lange tekst",
  number: "Getal",
  datetime: "Datum of tijd",
  filepicker: "Bestand",
  checkbox: "Vinkje",
  radio: "Eén keuze",
  select: "Keuzelijst",
  checklist: "Meer keuzes",
  taglist: "Meer keuzes, lange lijst",
  text: "Uitleg",
  separator: "Lijn",
  spacer: "Witruimte",
  group: "Groep",
  dynamiclist: "Lijst met rijen",
};
const CHOICES = ["radio", "select", "checklist", "taglist"];
const QUESTIONS = [
  "textfield",
  "textarea",
  "number",
  "datetime",
  "filepicker",
  "checkbox",
  ...CHOICES,
];
const YES_NO = [
  { label: "Ja", value: "ja" },
  { label: "Nee", value: "nee" },
];

export const isQuestion = ({ type }) => QUESTIONS.includes(type);
export const hasChoices = ({ type }) => CHOICES.includes(type);

/** Leaves out what the server does not draw, and lets new fields begin in Dutch. */
export class OnlyWhatIsDrawn {
  static $inject = ["formFields", "formEditor"];

  constructor(formFields, formEditor) {
    for (const [type, field] of Object.entries(formFields._formFields)) {
      if (FIELDS[type]) begin(field.config, type, formEditor);
      else if (type !== "default") delete formFields._formFields[type];
    }
  }
}

function begin(config, type, formEditor) {
  const create = config.create;
  config.name = FIELDS[type];
  delete config.label;
  config.create = (options = {}, isNew = false) => {
    const made = create(options, isNew);
    if (!isNew) return made;
    const { schema } = formEditor._getState();
    return { ...made, ...defaults(type, schema), ...options };
  };
}

function defaults(type, schema) {
  const label = `Nieuw: ${FIELDS[type].toLowerCase()}`;
  const own = {
    text: { text: "Schrijf hier uitleg." },
    separator: {},
    spacer: { height: 60 },
    datetime: { dateLabel: label },
    group: { label },
    dynamiclist: { label, path: newKey(schema, "lijst") },
  }[type];
  if (own) return own;
  const key = newKey(schema, "vraag");
  return CHOICES.includes(type) ? { label, key, values: YES_NO } : { label, key };
}

/** A key of the house: below the word that the other keys of the form begin with. */
function newKey(schema, name) {
  const keys = keysOf(schema).filter((key) => key.includes("."));
  const root = keys[0]?.split(".")[0] ?? schema.id;
  let number = 1;
  while (keysOf(schema).includes(`${root}.${name}_${number}`)) number += 1;
  return `${root}.${name}_${number}`;
}

/** The keys and paths of everything in a form or a part of it. */
export function keysOf(part) {
  const inside = (part.components ?? []).flatMap(keysOf);
  return [part.key, part.path, ...inside].filter(Boolean);
}

/** What a formula of a field can read of its form: all answers, and in a list those of its row. */
export function readable(field, registry, paths) {
  const listsOf = (one) => {
    const parent = registry.get(one._parent);
    if (!parent) return [];
    return parent.type === "dynamiclist" ? [parent, ...listsOf(parent)] : listsOf(parent);
  };
  const around = listsOf(field);
  return registry.getAll().flatMap((one) => {
    const [list] = listsOf(one);
    if (!(one.key || one.type === "dynamiclist") || (list && !around.includes(list))) return [];
    const path = paths.getValuePath(one).slice(list ? paths.getValuePath(list).length : 0);
    const label = one.label ?? one.dateLabel ?? one.timeLabel ?? path.at(-1);
    return [{ path: path.join("."), about: `‘${label}’, in dit formulier.` }];
  });
}
