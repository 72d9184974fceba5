/** Lets a reader of the API page send a request and see the answer, with the token they filled in. */
for (const form of document.querySelectorAll("form[data-try]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show(form, await send(form));
  });
}

async function send(form) {
  const fields = [...form.elements].filter((field) => field.name && field.value !== "");
  const placed = (place) => fields.filter((field) => field.dataset.in === place);
  let path = form.dataset.path;
  for (const field of placed("path")) {
    path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
  }
  const query = new URLSearchParams(placed("query").map((field) => [field.name, field.value]));
  const token = document.querySelector("[data-token]").value.trim();
  const [body] = placed("body");
  const headers = {
    Accept: "application/json",
    ...(token && { Authorization: `Bearer ${token}` }),
  };
  for (const field of placed("header")) headers[field.name] = field.value;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const url = query.size ? `${path}?${query}` : path;
    const answer = await fetch(url, { method: form.dataset.method, headers, body: body?.value });
    return { status: `${answer.status} ${answer.statusText}`, text: await answer.text() };
  } catch (error) {
    return { status: String(error), text: "" };
  }
}

function show(form, { status, text }) {
  const box = form.querySelector("[data-answer]");
  box.hidden = false;
  box.querySelector("[data-status]").textContent = status;
  box.querySelector("[data-body]").textContent = pretty(text);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
