/** The words of the pages that one comes to first, and of what stands around them. */

import app from "./app.json";
import home from "./home.json";
import library from "./library.json";
import parts from "./parts.json";

export default { ...app, ...home, ...library, ...parts };
