/** On every page: htmx, and the few manners that HTML alone does not have. */
import "htmx.org/dist/htmx.esm.js";
import "./styles/base.css";
import { copyButtons } from "./copy-button.js";
import { closeMenus } from "./menus.js";
import { guardUnsavedText } from "./unsaved-text.js";

closeMenus();
copyButtons();
guardUnsavedText();
document.querySelector("[data-focus]")?.focus();
