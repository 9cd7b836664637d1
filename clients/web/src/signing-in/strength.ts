/** What is asked of a password, told before the server is asked, and how hard it is to guess. */

const LEAST_LETTERS = 10;
const MOST_LETTERS = 256;
const LEAST_DIFFERENT = 4;
/** Beyond that, guessing takes longer than anybody has. */
const GOOD_BITS = 60;
const STRONG_BITS = 85;
/** As a guesser would count them: how many signs each kind has. */
const KINDS = [[/\p{Ll}/u, 26], [/\p{Lu}/u, 26], [/\p{Lo}/u, 1000], [/\p{Nd}/u, 10], [/[^\p{L}\p{Nd}]/u, 33]] as const;

export type Weakness = "short" | "long" | "alike" | "name";
export type Strength = "fair" | "good" | "strong";

/** Gives why the server would refuse it; nothing when it would not. */
export function weaknessOf(password: string, name: string): Weakness | undefined {
  const plain = password.normalize("NFKC");
  const letters = Array.from(plain);
  if (letters.length < LEAST_LETTERS) return "short";
  if (letters.length > MOST_LETTERS) return "long";
  if (new Set(letters).size < LEAST_DIFFERENT) return "alike";
  const folded = name.toLowerCase();
  return [folded, Array.from(folded).reverse().join("")].includes(plain.toLowerCase()) ? "name" : undefined;
}

/** Judges one that the server would take. Rows such as "abcd" or "1111" count as one sign. */
export function strengthOf(password: string): Strength {
  const signs = Array.from(password).filter((sign, place, all) => Math.abs((sign.codePointAt(0) ?? 0) - (all[place - 1]?.codePointAt(0) ?? -9)) > 1);
  const kinds = KINDS.reduce((sum, [kind, count]) => sum + (kind.test(password) ? count : 0), 0);
  const bits = Math.min(signs.length, 2 * new Set(signs).size) * Math.log2(Math.max(kinds, 2));
  if (bits >= STRONG_BITS) return "strong";
  return bits >= GOOD_BITS ? "good" : "fair";
}
