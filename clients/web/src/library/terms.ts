/** What a query is made of, as far as one can add to it and take from it by a click. The server alone knows what it means. */

const QUOTES = '"“”„';
const KEYWORDS: readonly string[] = ["AND", "OR", "NOT"];

/** A part of a query between spaces: a word, a phrase, a group, a field with its value, or AND, OR, NOT. */
interface Part {
  /** Where it stands, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A field that must have exactly one value, as `tag:="to do"` says. */
export interface Term {
  readonly field: string;
  readonly value: string;
}

/** A term where it stands in a query. */
export interface ChosenTerm extends Term {
  readonly start: number;
  readonly end: number;
}

/** Writes a term so that no letter of its value is taken for grammar. */
export function written({ field, value }: Term): string {
  if (field === "created") return `created:${value}`;
  return `${field}:=${/^[\p{L}\p{N}_][\p{L}\p{N}_./-]*$/u.test(value) ? value : quoted(value)}`;
}

/** Writes what finds the documents that have a value of a custom field. */
export function havingField(name: string): string {
  return `field.${/^[\p{L}\p{N}_]+$/u.test(name) ? name : quoted(name)}:*`;
}

/** Lists the terms that a document must have for the query to find it; none where OR leaves a choice. */
export function chosenTerms(query: string): ChosenTerm[] {
  const parts = partsOf(query);
  if (parts.some(({ text }) => text === "OR")) return [];
  return parts.flatMap((part, place) => {
    const term = parts[place - 1]?.text === "NOT" ? null : termIn(part.text);
    return term ? [{ ...term, start: part.start, end: part.end }] : [];
  });
}

/** Adds a term, or takes it away where it is chosen. */
export function toggled(query: string, term: Term): string {
  const chosen = chosenTerms(query).find((other) => isSame(other, term));
  return chosen ? without(query, chosen) : both(query, written(term));
}

export function without(query: string, { start, end }: ChosenTerm): string {
  const before = query.slice(0, start).trimEnd();
  const after = query.slice(end).trimStart();
  const [left, right] = [before.replace(/(^|\s)AND$/, "").trimEnd(), after.replace(/^AND(?=\s|$)/, "").trimStart()];
  // One AND goes with the term; where it joined others on both sides, one of the two stays.
  if (left !== before && right !== after) return `${left} AND ${right}`;
  return [left, right].filter((piece) => piece !== "").join(" ");
}

export function isSame(one: Term, other: Term): boolean {
  return one.field === other.field && one.value.toLowerCase() === other.value.toLowerCase();
}

/** Joins two queries so that a document must pass both. */
export function both(one: string, other: string): string {
  const [first, second] = [one.trim(), other.trim()];
  if (first === "" || first === "*") return second;
  if (second === "" || second === "*") return first;
  return `${grouped(first)} ${grouped(second)}`;
}

/** Leaves out some documents of what a query finds. */
export function exceptFor(query: string, ids: Iterable<string>): string {
  return [...ids].reduce((left, id) => `${left} NOT id:${id}`, query.trim() === "" ? "*" : grouped(query.trim()));
}

function grouped(query: string): string {
  return partsOf(query).some(({ text }) => text === "OR") ? `(${query})` : query;
}

function termIn(text: string): Term | null {
  const found = /^(tag|correspondent|type|path|language|mime|created):(=?)(.+)$/su.exec(text);
  if (!found) return null;
  const [, field = "", whole, value = ""] = found;
  if (field === "created") return /^\d{4}$/.test(value) ? { field, value } : null;
  return whole === "=" ? { field, value: unquoted(value) } : null;
}

function partsOf(query: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < query.length) {
    const start = at;
    if (isSpace(query.charAt(at))) {
      at += 1;
      continue;
    }
    at = endOfPart(query, at);
    parts.push({ start, end: at, text: query.slice(start, at) });
  }
  return parts;
}

/** Gives where a part ends: at the next space outside of quotes, parentheses and brackets. */
function endOfPart(query: string, start: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < query.length; at += 1) {
    const letter = query.charAt(at);
    if (letter === "\\") at += 1;
    else if (QUOTES.includes(letter)) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if ("([".includes(letter)) depth += 1;
    else if (")]".includes(letter)) depth -= 1;
    else if (isSpace(letter) && depth <= 0) return at;
    else if (depth === 0 && KEYWORDS.includes(query.slice(start, at + 1)) && query.charAt(at + 1) === "(") return at + 1;
  }
  return query.length;
}

function isSpace(letter: string): boolean {
  return /\s/u.test(letter);
}

function quoted(value: string): string {
  return `"${value.replace(/["“”„\\]/g, "\\$&")}"`;
}

function unquoted(value: string): string {
  return QUOTES.includes(value.charAt(0)) ? value.slice(1, -1).replace(/\\(.)/gsu, "$1") : value;
}
