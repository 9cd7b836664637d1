import type { Words } from "@/words/en";

import app from "./app.json";
import parts from "./parts.json";
import signingIn from "./signing-in.json";

export default { ...app, ...parts, ...signingIn } satisfies Words;
