/** Says every ten seconds that this file is open here, and shows who else is at work. */
const EVERY = 10_000;

export function announce({ api, path, line, onColleagues }) {
  look();
  setInterval(look, EVERY);

  async function look() {
    if (document.hidden) return;
    const present = await api.present().catch(() => null);
    if (!present) return;
    line.textContent = inWords(present, path);
    const here = present.filter((one) => one.path === path).map(({ name }) => name);
    if (here.length) onColleagues(here);
  }
}

function inWords(present, path) {
  if (!present.length) return "";
  const each = present.map((one) => {
    const where = one.path === path ? "dit bestand" : one.path.split("/").at(-1);
    return `${one.name} (${where})`;
  });
  return `Ook aan het werk in dit concept: ${each.join(", ")}.`;
}
