/** The editor: bpmn-js with the panel of the Zeebe dialect, and the behaviours of this folder. */
import "@bpmn-io/properties-panel/dist/assets/properties-panel.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";
import Modeler from "bpmn-js/lib/Modeler";
import "bpmn-js-color-picker/colors/color-picker.css";
import colorPickerModule from "bpmn-js-color-picker";
import { CreateAppendAnythingModule } from "bpmn-js-create-append-anything";
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from "bpmn-js-properties-panel";
import cloudBehaviors from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import minimapModule from "diagram-js-minimap";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import zeebeModdle from "zeebe-bpmn-moddle/resources/zeebe.json";
import { fontLoaded, textRenderer } from "../font.js";
import { dutchModule } from "../nl-bpmn.js";
import { clipboardModule } from "./clipboard.js";
import { faithfulModule } from "./faithful.js";
import { namingModule } from "./naming.js";
import { newFormsModule } from "./new-forms.js";
import { offeredModule } from "./offered.js";
import { panelModule } from "./panel.js";
import { variablesModule } from "./variables.js";

/** `services` are what our own modules ask for by name: `api`, `choices`, `page`, `say`. */
export async function createModeler({ canvas, panel, services }) {
  await fontLoaded();
  return new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    textRenderer,
    moddleExtensions: { zeebe: zeebeModdle },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      cloudBehaviors,
      minimapModule,
      colorPickerModule,
      CreateAppendAnythingModule,
      dutchModule,
      Object.fromEntries(Object.entries(services).map(([name, value]) => [name, ["value", value]])),
      offeredModule,
      panelModule,
      variablesModule,
      namingModule,
      newFormsModule,
      clipboardModule,
      faithfulModule,
    ],
  });
}
