/** What a field is called, under which key its answer is kept, and what only its type has. */
import { isQuestion, keysOf } from "../form-fields.js";
import { line, number, pick, tick } from "./boxes.js";

const KEY = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;
const MARKS = "# maakt een kop, **vet** maakt vet, een streepje aan het begin een lijst.";

/** `desk` has the `paths` of the form, and gives its `schema()`. */
export function generalOf(field, edit, desk) {
  const { type } = field;
  if (["default", "separator"].includes(type)) return [];
  if (type === "text") return [line("text", "Tekst", { lines: 8, help: MARKS })];
  if (type === "spacer") return [number("height", "Hoogte")];
  const asks = isQuestion(field);
  return [
    line(labelOf(field), asks ? "Vraag" : "Kop", { lines: 2 }),
    asks && line("description", "Uitleg bij de vraag", { lines: 3 }),
    asks && keyOf(field, "key", desk),
    ["group", "dynamiclist"].includes(type) && keyOf(field, "path", desk),
    ...(OF_TYPE[type]?.(field, edit) ?? []),
    asks &&
      tick("readonly", "Alleen lezen", {
        help: "Toont een gegeven van de zaak; er wordt niets gevraagd.",
      }),
  ];
}

function labelOf({ type, subtype }) {
  if (type !== "datetime") return "label";
  return subtype === "time" ? "timeLabel" : "dateLabel";
}

function keyOf(field, path, desk) {
  const optional = field.type === "group";
  const label = optional ? "Sleutel vóór die van de vragen (mag leeg)" : "Sleutel van het antwoord";
  return line(path, label, {
    help: "Onder deze naam staat het antwoord in de zaak: triage.urgentie.",
    monospaced: true,
    wrong: (text) => (optional && !text ? "" : wrongKey(field, text, desk)),
  });
}

/** What is wrong with a key, in words; empty when nothing is. */
function wrongKey(field, text, { paths, schema }) {
  if (!KEY.test(text)) return "Gebruik letters, cijfers, _ en punten: triage.urgentie.";
  const before = paths.getValuePath(field);
  const after = paths.getValuePath(field, { replacements: { [field.id]: text.split(".") } });
  if (before.join(".") === after.join(".")) return "";
  const taken = keysOf(schema()).filter((key) => key !== field.key);
  return taken.includes(text) ? "Deze sleutel is al van een ander veld." : "";
}

const OF_TYPE = {
  datetime(field, edit) {
    const kinds = [
      ["date", "Datum"],
      ["time", "Tijd"],
      ["datetime", "Datum en tijd"],
    ];
    const put = (subtype) => edit(field, ofSubtype(field, subtype));
    return [pick("subtype", "Soort", kinds, { empty: "", put })];
  },
  number: () => [
    number("decimalDigits", "Cijfers achter de komma"),
    number("increment", "Veelvoud van"),
    line("appearance.prefixAdorner", "Vóór het vak, zoals €"),
    line("appearance.suffixAdorner", "Achter het vak, zoals km"),
  ],
  textfield: () => [
    line("appearance.prefixAdorner", "Vóór het vak"),
    line("appearance.suffixAdorner", "Achter het vak"),
  ],
  filepicker() {
    const kinds = [
      [".pdf", "Alleen pdf"],
      [".jpg,.jpeg,.png", "Alleen afbeeldingen"],
    ];
    return [
      tick("multiple", "Meer dan één bestand"),
      pick("accept", "Welke bestanden", kinds, { empty: "Pdf en afbeeldingen" }),
    ];
  },
};

/** A time has its label elsewhere than a date; a moment keeps its zone. */
function ofSubtype(field, subtype) {
  const label = field.dateLabel ?? field.timeLabel;
  const moment = subtype === "date" ? undefined : "utc_offset";
  return {
    subtype,
    dateLabel: subtype === "time" ? undefined : label,
    timeLabel: subtype === "time" ? label : undefined,
    timeSerializingFormat: moment,
    timeInterval: moment && 15,
  };
}
