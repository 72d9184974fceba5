/** Asks the server about one file of a draft; every answer is JSON or an `ApiError`. */
import { pageData } from "./page-data.js";

/** The server answered, and said no; `status` 0 when no server was reached. */
class ApiError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

export function createApi({ draftId, path, token }) {
  const at = `?path=${encodeURIComponent(path)}`;
  let renewing;
  return {
    read: () => ask("GET", `/file${at}`),
    save: (file) => ask("PUT", "/file", { path, ...file }),
    findings: (content, signal) => ask("POST", "/findings", { path, content }, signal),
    tests: (content, signal) => ask("POST", "/table-tests", { path, content }, signal),
    choices: () => ask("GET", `/choices${at}`),
    present: () => ask("POST", "/presence", { path }),
  };

  async function ask(method, address, body, signal) {
    let answer = await reach(method, address, body, signal);
    if (answer.status === 401 && (await renew())) {
      answer = await reach(method, address, body, signal);
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    throw new ApiError(said.findings?.[0]?.reason ?? said.message ?? "", answer.status);
  }

  async function reach(method, address, body, signal) {
    try {
      return await fetch(`/api/v1/drafts/${draftId}${address}`, {
        method,
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: body && JSON.stringify(body),
        signal,
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new ApiError("Geen verbinding.");
    }
  }

  /** Who logged in again meanwhile has a new session: this page, fetched anew, holds its token. */
  async function renew() {
    renewing ??= fetch(location.href)
      .then((page) => page.text())
      .then(
        (html) => pageData("page-data", new DOMParser().parseFromString(html, "text/html")).token,
      )
      .catch(() => undefined)
      .finally(() => {
        renewing = undefined;
      });
    const fresh = await renewing;
    token = fresh ?? token;
    return Boolean(fresh);
  }
}
