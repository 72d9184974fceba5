/** What there is to choose from; asked of the server, and again when the draft changes. */
const NONE = {
  roles: [],
  forms: [],
  decisions: [],
  processes: [],
  job_types: [],
  messages: [],
  norms: [],
  variables: [],
  functions: [],
};

/** `choices.now` is what is known; `onChange` hears of something newer. */
export function createChoices(api) {
  const listeners = new Set();
  const choices = { now: NONE, refresh, onChange: (listener) => listeners.add(listener) };
  return choices;

  /** Without a connection what was known stays. */
  async function refresh() {
    try {
      choices.now = await api.choices();
    } catch {
      return;
    }
    for (const listener of listeners) listener(choices.now);
  }
}

/** The options of a select: an empty one, every choice, and what stands there but is not known. */
export function optionsOf(list, value, empty) {
  const options = list.map(({ id, name }) => ({
    value: id,
    label: name === id ? name : `${name} (${id})`,
  }));
  const unknown = value && !list.some(({ id }) => id === value);
  return [
    { value: "", label: empty },
    ...options,
    ...(unknown ? [{ value, label: `${value} (bestaat niet)` }] : []),
  ];
}
