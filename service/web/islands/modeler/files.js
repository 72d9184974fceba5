/** A diagram from a file of one's own, and the diagram as a file; plain BPMN in any editor. */
export function connectFiles({ input, page, document: diagram, changed, say }) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (file) await take(file);
  });
  return { choose: () => input.click(), download };

  async function take(file) {
    const before = await diagram.write();
    try {
      const warnings = await diagram.open(await read(file));
      if (warnings.length) throw warnings[0];
    } catch (error) {
      await diagram.open(before);
      say(
        "error",
        `${file.name} is niet ingelezen: ${reason(error)} Het diagram is zoals het was.`,
      );
      return;
    }
    await changed();
    say("ok", `${file.name} is ingelezen en staat nu in dit concept.`, [
      { label: "Terug naar hoe het was", run: () => back(before) },
    ]);
  }

  async function back(before) {
    await diagram.open(before);
    await changed();
  }

  async function download() {
    const blob = new Blob([await diagram.write()], { type: "application/xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = page.path.split("/").at(-1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

/**
 * The text of a file in the character set that it names, named after the one it now has; a return
 * before the end of a line would come back as a space.
 */
async function read(file) {
  const bytes = await file.arrayBuffer();
  const declared = /^[^>]*\bencoding=["']([\w.:-]+)["']/;
  const [, encoding = "utf-8"] = declared.exec(new TextDecoder().decode(bytes.slice(0, 200))) ?? [];
  const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  return text
    .replace(/^<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="UTF-8"?>')
    .replace(/&#(?:13|x0*d);(?=&#(?:10|x0*a);)/gi, "");
}

const REASONS = [
  [/unresolved reference <(.+?)>/, "het verwijst naar $1, en dat staat er niet in."],
  [/no bpmnElement referenced in .*? id="(.+?)"/, "$1 is getekend, maar hoort bij geen element."],
  [/multiple DI elements defined for .*? id="(.+?)"/, "$1 is twee keer getekend."],
];

function reason({ message = "" }) {
  for (const [pattern, said] of REASONS) {
    const found = pattern.exec(message);
    if (found) return said.replace("$1", () => `'${found[1]}'`);
  }
  const line = /line:? (\d+)/i.exec(message)?.[1];
  const at = line ? ` (regel ${line})` : "";
  return `dit is geen BPMN-bestand dat de editor kan lezen${at}.`;
}
