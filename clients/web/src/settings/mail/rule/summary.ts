/** A rule in one line, for the list; pure. */

import type { RuleDraft } from "@/settings/mail/rule/draft";
import type { WordId } from "@/words/words";

type Say = (id: WordId, values?: Record<string, string | number>) => string;

/** Says where it looks, for which mails, what it takes, and what is done then. */
export function summaryOf(draft: RuleDraft, say: Say): string {
  const asked = (["from", "to", "subject", "body"] as const).filter((part) => draft[part] !== "").map((part) => say(`mail.summary.${part}`, { text: draft[part] }));
  const where = [draft.folder || say("mail.inbox"), ...asked].join(" · ");
  return `${where} → ${[say(`mail.scope.${draft.scope}`), deedOf(draft, say)].join(" · ")}`;
}

/** Says what is done to a mail once all of it is safe. */
export function deedOf({ action, moveTo, keyword }: RuleDraft, say: Say): string {
  if (action === "move") return say("mail.deed.move", { folder: moveTo });
  return action === "tag" ? say("mail.deed.tag", { keyword }) : say(`mail.deed.${action}`);
}
