/** What the server says of mailboxes and mails, in the reader's language: it tells it in English words of a closed set. Pure. */

import { type Form, type Say, saidBy } from "@/parts/sentences";

export const FORMS: readonly Form[] = [
  [/^from has “(.+)”$/s, "mail.said.from", ["text"]],
  [/^from has no “(.+)”$/s, "mail.said.from.not", ["text"]],
  [/^to has “(.+)”$/s, "mail.said.to", ["text"]],
  [/^to has no “(.+)”$/s, "mail.said.to.not", ["text"]],
  [/^subject has “(.+)”$/s, "mail.said.subject", ["text"]],
  [/^subject has no “(.+)”$/s, "mail.said.subject.not", ["text"]],
  [/^body has “(.+)”$/s, "mail.said.body", ["text"]],
  [/^body has no “(.+)”$/s, "mail.said.body.not", ["text"]],
  [/^a file in it has such a name$/, "mail.said.file", []],
  [/^no file in it has such a name$/, "mail.said.file.not", []],
  [/^it is not older than (\d+) days$/, "mail.said.young", ["days"]],
  [/^it is older than (\d+) days$/, "mail.said.old", ["days"]],
  [/^new mail is told at once$/, "mail.said.at_once", []],
  [/^new mail is found when it is asked for, now and then$/, "mail.said.now_and_then", []],
  [/^mails are moved in one step$/, "mail.said.moved", []],
  [/^mails are moved by copying them$/, "mail.said.copied", []],
  [/^deleted mails stay there, marked: one alone can't be removed$/, "mail.said.marked", []],
  [/^labels are those of Gmail$/, "mail.said.labels", []],
];

/** Says a sentence of the server's; one that is not known as it came. */
export function saidOfMail(told: string, say: Say): string {
  return saidBy(FORMS, told, say);
}
