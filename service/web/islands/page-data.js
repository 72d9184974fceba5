/** Reads a block of JSON that the server put in the page; a strict CSP allows no inline script. */
export function pageData(id = "page-data", page = document) {
  const block = page.getElementById(id);
  return block ? JSON.parse(block.textContent) : {};
}
