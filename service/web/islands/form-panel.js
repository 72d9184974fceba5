/** The panel of the form editor: what the product does with a field, and nothing that it does not. */
import { Choices, Keys, Line, Pick, read, Tick } from "./form-entries.js";
import { keysOf, readable } from "./form-fields.js";
import { Formula } from "./form-formula.js";

const KEY = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/;
const QUESTIONS = [
  "textfield",
  "textarea",
  "number",
  "datetime",
  "filepicker",
  "checkbox",
  "radio",
  "select",
  "checklist",
  "taglist",
];
const CHOICES = ["radio", "select", "checklist", "taglist"];
const WORDS = ["textfield", "textarea"];
const SENSITIVITIES = ["gewoon", "gevoelig", "bijzonder", "strafrechtelijk"];
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const options = (pairs) => pairs.map(([value, label]) => ({ value, label }));

/** What the parts of the panel are called, in their order. */
export const GROUPS = {
  general: "Algemeen",
  choices: "Keuzes",
  care: "Zorgvuldig omgaan met het antwoord",
  required: "Verplicht en controle",
  rows: "Rijen",
  oneOf: "Eén van deze is verplicht",
  shown: "Tonen en voorstel",
};
const CLOSED_AT_FIRST = ["required", "oneOf", "shown"];

/** What is shown for a field of some type. */
export class OwnPanel {
  static $inject = [
    "propertiesPanel",
    "pathRegistry",
    "formFieldRegistry",
    "formEditor",
    "eventBus",
    "config.own",
  ];

  constructor(propertiesPanel, pathRegistry, registry, formEditor, eventBus, own) {
    this._paths = pathRegistry;
    this._editor = formEditor;
    this._own = own;
    const { choices } = own;
    this._formulas = {
      reads: (field) => [...readable(field, registry, pathRegistry), ...choices.now.variables],
      functions: () => choices.now.functions,
    };
    propertiesPanel.registerProvider(this, 1);
    choices.onChange(() => eventBus.fire("propertiesPanel.providersChanged"));
  }

  /** Takes the place of every group of the library. */
  getGroups(field, edit) {
    return () => {
      const entries = {
        general: this._general(field, edit),
        choices: this._choices(field, edit),
        care: this._care(field),
        required: this._checks(field),
        rows: this._rows(field),
        oneOf: this._oneOf(field),
        shown: this._shown(field),
      };
      return Object.entries(GROUPS)
        .map(([id, label]) => ({
          id,
          label,
          shouldOpen: !CLOSED_AT_FIRST.includes(id),
          entries: entries[id].filter(Boolean).map((entry) => this._entry(entry, field, edit)),
        }))
        .filter(({ entries }) => entries.length);
    };
  }

  /** Another field gets other boxes, so that what was typed in one never lands in the other. */
  _entry({ path, name = path, ...entry }, field, edit) {
    const id = `${field.id}-${name}`.replaceAll(".", "-");
    const isEdited = () => read(field, path) !== undefined;
    return { isEdited, ...entry, id, path, field, edit, formulas: this._formulas };
  }

  _general(field, edit) {
    const { type } = field;
    if (type === "default") return [];
    if (type === "text") {
      return [
        {
          component: Line,
          path: "text",
          label: "Tekst",
          lines: 8,
          help: "# maakt een kop, **vet** maakt vet, een streepje aan het begin een lijst.",
        },
      ];
    }
    if (type === "spacer")
      return [{ component: Line, path: "height", label: "Hoogte", number: true }];
    if (type === "separator") return [];
    const asks = QUESTIONS.includes(type);
    const label =
      type !== "datetime" ? "label" : field.subtype === "time" ? "timeLabel" : "dateLabel";
    return [
      { component: Line, path: label, label: asks ? "Vraag" : "Kop", lines: 2 },
      asks && { component: Line, path: "description", label: "Uitleg bij de vraag", lines: 3 },
      asks && this._key(field, "key"),
      ["group", "dynamiclist"].includes(type) && this._key(field, "path"),
      ...this._ofType(field, edit),
      asks && {
        component: Tick,
        path: "readonly",
        label: "Alleen lezen",
        help: "Toont een gegeven van de zaak; er wordt niets gevraagd.",
      },
    ];
  }

  _key(field, path) {
    const optional = field.type === "group";
    return {
      component: Line,
      path,
      label: optional ? "Sleutel vóór die van de vragen (mag leeg)" : "Sleutel van het antwoord",
      help: "Onder deze naam staat het antwoord in de zaak: triage.urgentie.",
      monospaced: true,
      wrong: (text) => this._wrongKey(field, text, optional),
    };
  }

  _wrongKey(field, text, optional) {
    if (optional && !text) return "";
    if (!KEY.test(text)) return "Gebruik letters, cijfers, _ en punten: triage.urgentie.";
    const before = this._paths.getValuePath(field);
    const after = this._paths.getValuePath(field, {
      replacements: { [field.id]: text.split(".") },
    });
    if (before.join(".") === after.join(".")) return "";
    const taken = keysOf(this._editor._getState().schema).filter((key) => key !== field.key);
    return taken.includes(text) ? "Deze sleutel is al van een ander veld." : "";
  }

  _ofType(field, edit) {
    return (
      {
        datetime: [
          {
            component: Pick,
            path: "subtype",
            label: "Soort",
            empty: "",
            options: options([
              ["date", "Datum"],
              ["time", "Tijd"],
              ["datetime", "Datum en tijd"],
            ]),
            put: (subtype) => edit(field, ofSubtype(field, subtype)),
          },
        ],
        number: [
          {
            component: Line,
            path: "decimalDigits",
            label: "Cijfers achter de komma",
            number: true,
          },
          { component: Line, path: "increment", label: "Veelvoud van", number: true },
          { component: Line, path: "appearance.prefixAdorner", label: "Vóór het vak, zoals €" },
          { component: Line, path: "appearance.suffixAdorner", label: "Achter het vak, zoals km" },
        ],
        textfield: [
          { component: Line, path: "appearance.prefixAdorner", label: "Vóór het vak" },
          { component: Line, path: "appearance.suffixAdorner", label: "Achter het vak" },
        ],
        filepicker: [
          { component: Tick, path: "multiple", label: "Meer dan één bestand" },
          {
            component: Pick,
            path: "accept",
            label: "Welke bestanden",
            empty: "Pdf en afbeeldingen",
            options: options([
              [".pdf", "Alleen pdf"],
              [".jpg,.jpeg,.png", "Alleen afbeeldingen"],
            ]),
          },
        ],
      }[field.type] ?? []
    );
  }

  _choices(field, edit) {
    if (!CHOICES.includes(field.type)) return [];
    const computed = field.valuesExpression !== undefined;
    const from = {
      component: Pick,
      path: "valuesExpression",
      name: "from",
      label: "Waar komen de keuzes vandaan?",
      empty: "Vaste keuzes",
      other: "Een eigen formule",
      writer: Formula,
      help: "Een formule die een lijst geeft.",
      options: this._own.codeLists,
      put: (formula) =>
        edit(
          field,
          formula
            ? { valuesExpression: formula, values: undefined }
            : {
                valuesExpression: undefined,
                values: field.values ?? [{ label: "Keuze 1", value: "keuze_1" }],
              },
        ),
    };
    return computed ? [from] : [from, { component: Choices, path: "values" }];
  }

  _care({ type }) {
    if (!QUESTIONS.includes(type)) return [];
    const known = (name) => this._own.known[name].map((value) => ({ value, label: value }));
    return [
      {
        component: Pick,
        path: "properties.domein",
        label: "Wie leest het antwoord?",
        options: this._own.domains,
      },
      {
        component: Pick,
        path: "properties.gevoeligheid",
        label: "Hoe gevoelig is het?",
        options: SENSITIVITIES.map((value) => ({ value, label: capital(value) })),
      },
      {
        component: Pick,
        path: "properties.doel",
        label: "Waarvoor is het nodig? (doelbinding)",
        options: known("doel"),
        other: "Een ander doel",
      },
      {
        component: Pick,
        path: "properties.bewaren",
        label: "Hoelang blijft het? (bewaartermijn)",
        options: known("bewaren"),
        other: "Een andere termijn",
      },
    ];
  }

  _checks(field) {
    const { type } = field;
    if (!QUESTIONS.includes(type) || field.readonly) return [];
    const custom = !read(field, "validate.validationType");
    return [
      { component: Tick, path: "validate.required", label: "Altijd verplicht" },
      {
        component: Formula,
        path: "properties.verplicht_als",
        label: "Verplicht als",
        help: FORMULA,
      },
      type === "textfield" && {
        component: Pick,
        path: "validate.validationType",
        label: "Soort tekst",
        empty: "Gewone tekst",
        options: options([
          ["email", "E-mailadres"],
          ["phone", "Telefoonnummer"],
        ]),
      },
      type === "textfield" && {
        component: Pick,
        path: "properties.controle",
        label: "Controle",
        empty: "Geen",
        options: options([
          ["bsn", "Burgerservicenummer (elfproef)"],
          ["kvk", "KvK-nummer (8 cijfers)"],
          ["zaak", "Kenmerk van een andere zaak"],
        ]),
      },
      WORDS.includes(type) && count("validate.minLength", "Ten minste zoveel tekens"),
      WORDS.includes(type) && count("validate.maxLength", "Ten hoogste zoveel tekens"),
      type === "textfield" &&
        custom && {
          component: Line,
          path: "validate.pattern",
          label: "Patroon (reguliere expressie)",
          monospaced: true,
        },
      type === "number" && count("validate.min", "Ten minste"),
      type === "number" && count("validate.max", "Ten hoogste"),
      type === "datetime" &&
        field.subtype !== "time" && {
          component: Tick,
          path: "properties.niet_in_toekomst",
          label: "Niet in de toekomst",
          on: "ja",
        },
      type === "datetime" &&
        field.subtype !== "time" && {
          component: Tick,
          path: "disallowPassedDates",
          label: "Niet in het verleden",
        },
      {
        component: Formula,
        path: "properties.eis",
        label: "Het antwoord moet voldoen aan",
        help: FORMULA,
      },
      {
        component: Line,
        path: "properties.eis_melding",
        label: "Melding als het niet voldoet",
        lines: 2,
      },
    ];
  }

  _rows({ type }) {
    if (type !== "dynamiclist") return [];
    return [
      { component: Line, path: "properties.enkelvoud", label: "Zo heet één rij" },
      count("properties.minimaal", "Ten minste zoveel rijen"),
      count("properties.maximaal", "Ten hoogste zoveel rijen"),
      count("defaultRepetitions", "Rijen bij het openen"),
    ];
  }

  _oneOf(field) {
    if (field.type !== "group") return [];
    return [
      {
        component: Keys,
        path: "properties.een_van",
        label: "Vul ten minste één van deze velden in",
        keys: keysOf(field),
      },
      { component: Formula, path: "properties.verplicht_als", label: "Alleen als", help: FORMULA },
      { component: Line, path: "properties.melding", label: "Melding als alles leeg is", lines: 2 },
    ];
  }

  _shown(field) {
    const { type } = field;
    if (type === "default") return [];
    const asks = QUESTIONS.includes(type) && !field.readonly;
    return [
      { component: Formula, path: "conditional.hide", label: "Verbergen als", help: FORMULA },
      asks && {
        component: Formula,
        path: "properties.voorstel",
        label: "Voorstel",
        help: "Wordt ingevuld zolang niemand heeft geantwoord, en staat erbij als voorstel.",
      },
      {
        component: Pick,
        path: "layout.columns",
        label: "Breedte op een beeldscherm",
        empty: "Vanzelf",
        options: options([
          ["4", "Een kwart"],
          ["8", "De helft"],
          ["12", "Drie kwart"],
          ["16", "De hele regel"],
        ]),
        number: true,
      },
      asks &&
        ["textfield", "textarea", "select", "radio", "datetime"].includes(type) && {
          component: Pick,
          path: "properties.autocomplete",
          label: "Laat de browser invullen",
          empty: "Nee",
          help: "Alleen voor gegevens van wie zelf invult.",
          options: options([
            ["name", "Naam"],
            ["email", "E-mailadres"],
            ["tel", "Telefoonnummer"],
            ["organization", "Organisatie"],
          ]),
        },
    ];
  }
}

const FORMULA = 'Een formule, zoals triage.meldcode = "ja". Ctrl+spatie toont wat er te lezen is.';
const count = (path, label) => ({ component: Line, path, label, number: true });

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
