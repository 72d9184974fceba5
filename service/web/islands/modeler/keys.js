/** The list of all keys. */
import { ask } from "../draft-dialogs.js";

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
  "In de lijst ‘Stappen’: pijltjes naar een andere stap, Enter opent, Escape sluit. Alles kan daar ook.",
];

export function showKeys() {
  return ask({
    title: "Sneltoetsen",
    text: "Klik eerst in het tekenvlak of ga er met Tab heen.",
    sentences: KEYS,
    choices: [["", "Sluiten"]],
    closable: true,
  });
}
