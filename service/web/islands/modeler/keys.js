/** Keys of the whole page, and the list of all keys. */
import { ask } from "./dialogs.js";
import { commitField } from "./leaving.js";

const KEYS = [
  "Ctrl+S: bewaren",
  "Ctrl+Z en Ctrl+Y: ongedaan maken en opnieuw doen",
  "Ctrl+C, Ctrl+X en Ctrl+V: kopiëren, knippen en plakken, ook naar een ander diagram",
  "Ctrl+A: alles kiezen",
  "Ctrl+F: zoeken in het diagram",
  "N: element maken; A: element toevoegen na het gekozen element; R: soort wijzigen",
  "E: naam wijzigen; Delete: verwijderen",
  "H: handje; L: lasso; S: ruimte maken; C: verbinden",
  "Pijltjes: gekozen element verplaatsen (met Shift in grotere stappen)",
  "Ctrl+pijltjes: tekenvlak schuiven; Ctrl en + of −: vergroten of verkleinen; Ctrl+0: ware grootte",
  "In een uitdrukking (FEEL): Ctrl+spatie toont wat er te lezen is",
  "Alles kan ook met de lijst ‘Stappen’ onder het diagram.",
];

export function connectKeys({ autosave }) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    commitField();
    autosave.save();
  });
}

export function showKeys() {
  return ask({
    title: "Toetsen",
    paragraphs: ["Klik eerst in het tekenvlak of ga er met Tab heen."],
    items: KEYS,
    buttons: [{ value: "", label: "Sluiten", primary: true }],
    closable: true,
  });
}
