/** Sentences of the server's, said in the reader's language: it tells in English sentences of a closed set. Pure. */

import type { WordId } from "@/words/words";

export type Say = (id: WordId, values?: Record<string, string | number>) => string;

/** A sentence, the words that say the same, and what its groups are called there; a `reason` is one of these sentences itself. */
export type Form = readonly [RegExp, WordId, readonly string[]];

/** Says a sentence of one of these forms; one that is not known as it came. */
export function saidBy(forms: readonly Form[], told: string, say: Say): string {
  for (const [form, word, names] of forms) {
    const found = form.exec(told);
    if (!found) continue;
    const groups = names.map((name, place) => [name, found[place + 1] ?? ""] as const);
    return say(word, Object.fromEntries(groups.map(([name, text]) => [name, name === "reason" ? saidBy(forms, text, say) : text])));
  }
  return told;
}
