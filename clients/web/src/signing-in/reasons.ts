/** Why somebody was not let in, in the reader's language where we know the reason. */

import { pauseOf } from "@/signing-in/pause";
import { SessionRefused } from "@/transport/session";
import { refusalOf } from "@/transport/refusal";
import { useExplanation } from "@/parts/states";
import { useWords, type WordId } from "@/words/words";

const WORDS: Readonly<Partial<Record<string, WordId>>> = {
  TOO_MANY_AT_ONCE: "signing_in.crowded",
  PASSWORDS_OFF: "signing_in.passwords_off",
  INVITATION_USED_UP: "invitation.used_up",
  NAME_TAKEN: "invitation.name_taken",
};

export function reasonOf(error: unknown): string {
  return error instanceof SessionRefused ? error.reason : refusalOf(error).reason;
}

/** How many seconds to wait before the next try; 0 where waiting does not help. */
export function pauseAfter(error: unknown): number {
  return error instanceof SessionRefused ? error.retrySeconds : refusalOf(error).retrySeconds;
}

/** As useExplanation(), with what is said at the door in the reader's language. */
export function useDoorWords(refused: WordId = "signing_in.refused"): (error: unknown) => string {
  const say = useWords();
  const explain = useExplanation();
  return (error) => {
    const reason = reasonOf(error);
    if (reason === "SIGN_IN_REFUSED") return say(refused);
    if (reason === "TOO_MANY_FAILURES") return say("signing_in.pause", { ...pauseOf(pauseAfter(error)) });
    const word = WORDS[reason];
    return word ? say(word) : explain(error);
  };
}
