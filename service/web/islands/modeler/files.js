/** A diagram from a file of one's own, and the diagram as a file; plain BPMN in any editor. */
export function connectFiles({ input, page, document: diagram, autosave, say }) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (file) await take(file);
  });
  return { choose: () => input.click(), download };

  async function take(file) {
    const before = await diagram.write();
    try {
      const content = await file.text();
      const warnings = await diagram.open(content);
      if (warnings.length) throw warnings[0];
    } catch (error) {
      await diagram.open(before);
      say(
        "error",
        `${file.name} is niet ingelezen: ${reason(error)} Het diagram is zoals het was.`,
      );
      return;
    }
    await autosave.changed();
    say("ok", `${file.name} is ingelezen en staat nu in dit concept.`, [
      { label: "Terug naar hoe het was", run: () => back(before) },
    ]);
  }

  async function back(before) {
    await diagram.open(before);
    await autosave.changed();
  }

  async function download() {
    const blob = new Blob([await diagram.write()], { type: "application/xml" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${page.process}.bpmn`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

function reason(error) {
  const line = /line:? (\d+)/i.exec(error.message ?? "")?.[1];
  const at = line ? ` (regel ${line})` : "";
  return `dit is geen BPMN-bestand dat de editor kan lezen${at}.`;
}
