import type { Words } from "@/words/en";

import app from "./app.json";
import appearance from "./appearance.json";
import audit from "./audit.json";
import library from "./library.json";
import panels from "./panels.json";
import parts from "./parts.json";
import running from "./running.json";
import settings from "./settings.json";
import signingIn from "./signing-in.json";

export default { ...app, ...appearance, ...audit, ...library, ...panels, ...parts, ...running, ...settings, ...signingIn } satisfies Words;
