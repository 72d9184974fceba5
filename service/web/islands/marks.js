/** Colours elements that have findings, by a style sheet: whatever is drawn again stays marked. */
const COLOURS = { error: ["#a1151b", "#fdeceb"], warning: ["#7a4500", "#fff2d9"] };

export class Marks {
  #sheet = new CSSStyleSheet();
  #rules;

  /** `rules(id, line, ground)` gives the CSS that marks the element with this id. */
  constructor(rules) {
    this.#rules = rules;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
  }

  /** Marks the elements of these findings, and no others; errors show over warnings. */
  show(findings) {
    const bySeverity = ["warning", "error"].flatMap((severity) =>
      findings.filter((finding) => finding.severity === severity),
    );
    const css = bySeverity.flatMap(({ element, others, severity }) =>
      [element, ...others]
        .filter(Boolean)
        .map((id) => this.#rules(CSS.escape(id), ...COLOURS[severity])),
    );
    this.#sheet.replaceSync(css.join("\n"));
  }
}
