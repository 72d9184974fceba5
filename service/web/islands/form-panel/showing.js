/** How a field stands in its form: its rows, its group, when it is shown, and what it proposes. */
import { Keys } from "../form-entries.js";
import { isQuestion, keysOf } from "../form-fields.js";
import { formula, line, number, pick } from "./boxes.js";

const PROPOSAL = "Wordt ingevuld zolang niemand heeft geantwoord, en staat erbij als voorstel.";
const WIDTHS = [
  ["4", "Een kwart"],
  ["8", "De helft"],
  ["12", "Drie kwart"],
  ["16", "De hele regel"],
];
const KNOWN_TO_BROWSERS = [
  ["name", "Naam"],
  ["email", "E-mailadres"],
  ["tel", "Telefoonnummer"],
  ["organization", "Organisatie"],
];
const FILLED_BY_BROWSERS = ["textfield", "textarea", "select", "radio", "datetime"];

export function rowsOf({ type }) {
  if (type !== "dynamiclist") return [];
  return [
    line("properties.enkelvoud", "Zo heet één rij"),
    number("properties.minimaal", "Ten minste zoveel rijen"),
    number("properties.maximaal", "Ten hoogste zoveel rijen"),
    number("defaultRepetitions", "Rijen bij het openen"),
  ];
}

export function oneOf(field) {
  if (field.type !== "group") return [];
  return [
    {
      component: Keys,
      path: "properties.een_van",
      label: "Vul ten minste één van deze velden in",
      keys: keysOf(field),
    },
    formula("properties.verplicht_als", "Alleen als"),
    line("properties.melding", "Melding als alles leeg is", { lines: 2 }),
  ];
}

export function shownOf(field) {
  if (field.type === "default") return [];
  const asks = isQuestion(field) && !field.readonly;
  return [
    formula("conditional.hide", "Verbergen als"),
    asks && formula("properties.voorstel", "Voorstel", PROPOSAL),
    pick("layout.columns", "Breedte op een beeldscherm", WIDTHS, {
      empty: "Vanzelf",
      number: true,
    }),
    asks &&
      FILLED_BY_BROWSERS.includes(field.type) &&
      pick("properties.autocomplete", "Laat de browser invullen", KNOWN_TO_BROWSERS, {
        empty: "Nee",
        help: "Alleen voor gegevens van wie zelf invult.",
      }),
  ];
}
