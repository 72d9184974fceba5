/** Keeps in this browser what the server does not have yet, so that no stroke gets lost. */
export function createKept({ draft, path }) {
  const key = `meldroute:concept:${draft}:${path}`;
  return {
    /** What lies here: `{ revision, content, at }`, or nothing. */
    get() {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    /** False when the browser has no room. */
    put(file) {
      try {
        localStorage.setItem(key, JSON.stringify({ ...file, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    },
    drop: () => localStorage.removeItem(key),
  };
}
