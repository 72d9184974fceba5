/** Copies between diagrams: what is cut or copied lies in the browser, for all its windows. */
const KEY = "meldroute:kopie";

class SharedClipboard {
  static $inject = ["moddle"];

  constructor(moddle) {
    this._moddle = moddle;
  }

  get() {
    const kept = read();
    return kept ? JSON.parse(kept, reviver(this._moddle)) : this._own;
  }

  set(tree) {
    this._own = tree;
    try {
      localStorage.setItem(KEY, JSON.stringify(tree));
    } catch {
      localStorage.removeItem(KEY); // Too large for the browser: then only within this diagram.
    }
  }

  clear() {
    const before = this.get();
    this._own = undefined;
    localStorage.removeItem(KEY);
    return before;
  }

  isEmpty() {
    return !read() && !this._own;
  }
}

function read() {
  return localStorage.getItem(KEY);
}

/** Makes elements of the model again; the same id is the same element. */
function reviver(moddle) {
  const made = new Map();
  return (_key, value) => {
    if (!value || typeof value !== "object" || typeof value.$type !== "string") return value;
    const { $type, ...properties } = value;
    if (made.has(properties.id)) return made.get(properties.id);
    const element = moddle.create($type, properties);
    for (const child of Object.values(properties).flat()) {
      if (child?.$type && !child.$parent) child.$parent = element;
    }
    if (properties.id) made.set(properties.id, element);
    return element;
  };
}

export const clipboardModule = { clipboard: ["type", SharedClipboard] };
