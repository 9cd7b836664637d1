/** Places in a typed query: the server counts code points, the browser UTF-16 units. */

export interface Typed {
  readonly text: string;
  /** Where the cursor stands, in UTF-16 units. */
  readonly cursor: number;
}

export function codePointsBefore(text: string, unit: number): number {
  return Array.from(text.slice(0, unit)).length;
}

export function unitsBefore(text: string, codePoint: number): number {
  return Array.from(text).slice(0, codePoint).join("").length;
}

/** Puts a suggestion in the place of what stands between `start` (in code points) and the cursor, and goes on behind it. */
export function completed({ text, cursor }: Typed, start: number, suggestion: string): Typed {
  const head = text.slice(0, unitsBefore(text, start)) + suggestion;
  const tail = text.slice(cursor);
  // After a field's name comes its value; after anything else, another word.
  const space = /[:.]$/.test(suggestion) || tail.startsWith(" ") ? "" : " ";
  return { text: head + space + tail, cursor: head.length + (space || tail.startsWith(" ") ? 1 : 0) };
}

/** Parts a refused query at the column that is wrong: before it, the letter there ("" at the end), after it. */
export function partedAt(text: string, column: number): readonly [string, string, string] {
  const letters = Array.from(text);
  const at = Math.min(Math.max(column - 1, 0), letters.length);
  return [letters.slice(0, at).join(""), letters[at] ?? "", letters.slice(at + 1).join("")];
}
