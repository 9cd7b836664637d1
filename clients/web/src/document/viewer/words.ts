/** Which words of a search are marked on a page, and where they stand in its text. */

/** A word or phrase to be marked. `start` and `end`: whether it must begin and end as a word does. */
export interface Term {
  readonly text: string;
  readonly start: boolean;
  readonly end: boolean;
}

export interface Mark {
  readonly index: number;
  readonly length: number;
}

// The grammar of docs/api.md: what is looked for in texts has no field, or one of these.
const TEXT_FIELDS = new Set(["text", "title", "note"]);
const TOKEN = /(?<not>-|NOT\s+)?(?:(?<field>[\p{L}_]+(?:\.(?:"[^"]*"|[\p{L}\p{N}_-]+))?):)?(?<value>"(?:[^"\\]|\\.)*"|\([^()]*\)|\[[^\]]*\]|[^\s()]+)/gu;
// Shorter words stand in so many others that marking them there would mark half the page; the index finds only longer ones inside.
const PART_LENGTH = 4;

/** Gives the words and phrases that a query looks for in texts, without fields, operators and what must not be there. */
export function termsOf(query: string): readonly Term[] {
  const terms: Term[] = [];
  const read = (text: string) => {
    for (const { groups } of text.matchAll(TOKEN)) {
      const { not, field, value = "" } = groups ?? {};
      if (not !== undefined || (field !== undefined && !TEXT_FIELDS.has(field))) continue;
      if (value.startsWith("(")) read(value.slice(1, -1));
      else if (!/^(AND|OR|NOT)$|^\[/.test(value)) terms.push(...termOf(value));
    }
  };
  read(query);
  return terms;
}

/** Gives what somebody typed to be found as it stands, within words too. */
export function typedTerm(text: string): readonly Term[] {
  return lettersOf(text) === "" ? [] : [{ text: text.trim(), start: false, end: false }];
}

/** Gives whole words, as those that the index has found. */
export function wholeTerms(texts: Iterable<string>): readonly Term[] {
  return [...new Set([...texts].map(lettersOf))].filter((text) => text !== "").map((text) => ({ text, start: true, end: true }));
}

/** Finds where terms stand in a text; accents, capitals and what stands between the words of a phrase don't matter. */
export function marksIn(text: string, terms: readonly Term[]): readonly Mark[] {
  const parts = terms.map(patternOf).filter((part) => part !== "");
  if (parts.length === 0) return [];
  // The longest first, so that of two that begin at one place the longer is marked.
  const pattern = new RegExp(parts.sort((one, other) => other.length - one.length).join("|"), "giu");
  const { plain, placeOf } = decomposed(text);
  return [...plain.matchAll(pattern)].map(({ index, 0: found }) => {
    const begin = placeOf(index);
    return { index: begin, length: placeOf(index + found.length) - begin };
  });
}

/** Parts accents from their letters, and tells where in the text each place of the result is. */
function decomposed(text: string): { readonly plain: string; readonly placeOf: (place: number) => number } {
  const plain = text.normalize("NFD");
  if (plain.length === text.length) return { plain, placeOf: (place) => place };
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    for (let unit = letter.normalize("NFD").length; unit > 0; unit -= 1) places.push(at);
    at += letter.length;
  }
  places.push(at);
  return { plain, placeOf: (place) => places[place] ?? at };
}

function termOf(value: string): readonly Term[] {
  if (value.startsWith('"')) return wholeTerms([value.slice(1, -1).replaceAll("\\", "")]);
  const bare = value.replace(/~\d?$/, "").replace(/^[+"]+|"+$/g, "");
  const text = lettersOf(bare);
  if (text === "") return [];
  const isLong = text.length >= PART_LENGTH;
  return [{ text, start: !bare.startsWith("*") && !isLong, end: !bare.endsWith("*") && !isLong }];
}

/** Leaves letters and digits, one space between words, accents away. */
function lettersOf(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function patternOf({ text, start, end }: Term): string {
  const words = lettersOf(text).split(" ").filter((word) => word !== "");
  const pattern = words.map((word) => Array.from(word, (letter) => `${letter}\\p{M}*`).join("\\u00AD?")).join("[^\\p{L}\\p{N}]+");
  if (pattern === "") return "";
  return `${start ? "(?<![\\p{L}\\p{N}\\p{M}])" : ""}${pattern}${end ? "(?![\\p{L}\\p{N}])" : ""}`;
}
