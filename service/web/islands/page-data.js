/** Reads a block of JSON that the server put in the page; a strict CSP allows no inline script. */
export function pageData(id = "page-data") {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : {};
}
