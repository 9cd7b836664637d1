import app from "./app.json";
import parts from "./parts.json";
import signingIn from "./signing-in.json";

const words = { ...app, ...parts, ...signingIn };

export type Words = Readonly<Record<keyof typeof words, string>>;
export default words satisfies Words;
