/** Asks the server about one file of a draft; every answer is JSON or an `ApiError`. */

const LOGGED_OUT =
  "U bent uitgelogd. Laad deze bladzijde opnieuw, log in en zet uw wijzigingen terug.";

/** The server answered, and said no; `status` 0 when no server was reached. */
export class ApiError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }

  /** Whether asking again later may help. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function createApi({ api, csrf, path }) {
  const at = `?path=${encodeURIComponent(path)}`;
  return {
    choices: () => ask("GET", `/choices${at}`),
    read: () => ask("GET", `/file${at}`),
    findings: (content, signal) => ask("POST", "/findings", { path, content }, { signal }),
    save: (file) => ask("PUT", "/file", { path, prefer: null, ...file }),
    present: () => ask("POST", "/presence", { path }),
  };

  async function ask(method, address, body, options = {}) {
    const answer = await reach(api + address, {
      method,
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: body && JSON.stringify(body),
      ...options,
    });
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 401) throw new ApiError(LOGGED_OUT, answer.status);
    if (!answer.ok) {
      throw new ApiError(said.message ?? answer.statusText, answer.status);
    }
    return said;
  }
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("Geen verbinding.");
  }
}
