import "htmx.org/dist/htmx.esm.js";
import "./styles/base.css";
