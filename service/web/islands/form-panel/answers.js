/** What may be answered to a question, who reads the answer, and what it must be like. */
import { Choices, read } from "../form-entries.js";
import { hasChoices, isQuestion } from "../form-fields.js";
import { Formula } from "../form-formula.js";
import { formula, line, number, pick, tick } from "./boxes.js";

const SENSITIVITIES = ["gewoon", "gevoelig", "bijzonder", "strafrechtelijk"];
const KINDS_OF_TEXT = [
  ["email", "E-mailadres"],
  ["phone", "Telefoonnummer"],
];
const CHECKS = [
  ["bsn", "Burgerservicenummer (elfproef)"],
  ["kvk", "KvK-nummer (8 cijfers)"],
  ["zaak", "Kenmerk van een andere zaak"],
];
const FIRST_CHOICE = [{ label: "Keuze 1", value: "keuze_1" }];
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const pairs = (options) => options.map(({ value, label }) => [value, label]);

export function choicesOf(field, edit, { own }) {
  if (!hasChoices(field)) return [];
  const put = (list) =>
    edit(
      field,
      list
        ? { valuesExpression: list, values: undefined }
        : { valuesExpression: undefined, values: field.values ?? FIRST_CHOICE },
    );
  const from = pick("valuesExpression", "Waar komen de keuzes vandaan?", pairs(own.codeLists), {
    name: "from",
    empty: "Vaste keuzes",
    other: "Een eigen formule",
    writer: Formula,
    help: "Een formule die een lijst geeft.",
    put,
  });
  const isComputed = field.valuesExpression !== undefined;
  return isComputed ? [from] : [from, { component: Choices, path: "values" }];
}

export function careOf(field, _edit, { own }) {
  if (!isQuestion(field)) return [];
  const known = (name) => own.known[name].map((value) => [value, value]);
  const sensitivities = SENSITIVITIES.map((value) => [value, capital(value)]);
  return [
    pick("properties.domein", "Wie leest het antwoord?", pairs(own.domains)),
    pick("properties.gevoeligheid", "Hoe gevoelig is het?", sensitivities),
    pick("properties.doel", "Waarvoor is het nodig? (doelbinding)", known("doel"), {
      other: "Een ander doel",
    }),
    pick("properties.bewaren", "Hoelang blijft het? (bewaartermijn)", known("bewaren"), {
      other: "Een andere termijn",
    }),
  ];
}

export function checksOf(field) {
  if (!isQuestion(field) || field.readonly) return [];
  return [
    tick("validate.required", "Altijd verplicht"),
    formula("properties.verplicht_als", "Verplicht als"),
    ...(OF_TYPE[field.type]?.(field) ?? []),
    formula("properties.eis", "Het antwoord moet voldoen aan"),
    line("properties.eis_melding", "Melding als het niet voldoet", { lines: 2 }),
  ];
}

const LENGTHS = [
  number("validate.minLength", "Ten minste zoveel tekens"),
  number("validate.maxLength", "Ten hoogste zoveel tekens"),
];

const OF_TYPE = {
  textfield: (field) => [
    pick("validate.validationType", "Soort tekst", KINDS_OF_TEXT, { empty: "Gewone tekst" }),
    pick("properties.controle", "Controle", CHECKS, { empty: "Geen" }),
    ...LENGTHS,
    !read(field, "validate.validationType") &&
      line("validate.pattern", "Patroon (reguliere expressie)", { monospaced: true }),
  ],
  textarea: () => LENGTHS,
  number: () => [number("validate.min", "Ten minste"), number("validate.max", "Ten hoogste")],
  datetime: ({ subtype }) =>
    subtype === "time"
      ? []
      : [
          tick("properties.niet_in_toekomst", "Niet in de toekomst", { on: "ja" }),
          tick("disallowPassedDates", "Niet in het verleden"),
        ],
};
