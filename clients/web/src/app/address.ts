/** Reading what stands behind the "?" of an address: anybody may have typed it. */

type Search = Record<string, unknown>;

/** Gives a text, undefined where there is none; one of digits alone comes as a number. */
export function textIn(search: Search, name: string): string | undefined {
  const value = search[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Gives one of the known words, undefined for any other. */
export function oneOf<Word extends string>(search: Search, name: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === search[name]);
}

/** Gives a whole number from 1 on. */
export function countIn(search: Search, name: string): number | undefined {
  const value = search[name];
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
