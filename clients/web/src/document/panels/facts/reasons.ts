/** Why a value was given, in the reader's language: the server tells it in English words of a few forms. */

import { Giver } from "@sdk/scriba/v1/assignments_pb.js";

import type { WordId } from "@/words/words";

export interface Piece {
  readonly word: WordId;
  readonly values: Readonly<Record<string, string | number>>;
}

type Form = readonly [RegExp, WordId, readonly string[]];

const RULES: readonly Form[] = [
  [/^the word '(.+?)'$/, "panels.why.word", ["what"]],
  [/^the phrase '(.+?)'$/, "panels.why.phrase", ["what"]],
  [/^the words ('.+') and (\d+) more$/, "panels.why.words_more", ["what", "more"]],
  [/^the words ('.+') and ('.+?')$/, "panels.why.words", ["what", "last"]],
  [/^the text '(.+)', which is (\d+) % like '(.+)'$/, "panels.why.like_text", ["what", "percent", "pattern"]],
  [/^the text '(.+)', which '(.+)' describes$/, "panels.why.described", ["what", "pattern"]],
  [/^the text '(.+)'$/, "panels.why.text", ["what"]],
  [/^like documents? (\d[\d, ]*)$/, "panels.why.like", ["what"]],
  [/^like other documents$/, "panels.why.like_others", []],
  [/^the electronic invoice$/, "panels.why.invoice", []],
  [/^the barcode of the tag '(.+)'$/, "panels.why.barcode_tag", ["what"]],
  [/^the barcode '(.+)'$/, "panels.why.barcode", ["what"]],
  [/^a new document$/, "panels.why.new", []],
  [/^undone$/, "panels.why.undone", []],
  [/^by mail, rule “(.+)” of “(.+)”$/, "panels.why.mail", ["rule", "account"]],
  [/^bulk edit (\d+)$/, "panels.why.bulk", ["what"]],
];

const DATES: readonly Form[] = [
  [/^(top|middle|foot) of page 1$/, "panels.why.date.place", ["what"]],
  [/^page (\d+)$/, "panels.why.date.page", ["what"]],
  [/^'(.+)' (.+)$/, "panels.why.date.cue", ["what", "where"]],
  [/^without a day$/, "panels.why.date.month", []],
  [/^an end of a period$/, "panels.why.date.period", []],
  [/^in a row of a table$/, "panels.why.date.row", []],
  [/^a place before it$/, "panels.why.date.dateline", []],
  [/^alone in its line$/, "panels.why.date.alone", []],
  [/^a time behind it$/, "panels.why.date.time", []],
  [/^still to come$/, "panels.why.date.future", []],
  [/^years before another one$/, "panels.why.date.older", []],
  [/^at the foot of every page$/, "panels.why.date.feet", []],
  [/^also in the file name$/, "panels.why.date.file", []],
  [/^near the mail's date$/, "panels.why.date.mail", []],
  [/^stands (\d+) times$/, "panels.why.date.times", ["what"]],
];

/** Gives the pieces that say a reason; null for words that we do not know, which then stand as they came. */
export function piecesOf(reason: string): readonly Piece[] | null {
  const whole = pieceOf(reason, RULES);
  if (whole) return [whole];
  const pieces = reason.split(/, (?=[^']*(?:'[^']*'[^']*)*$)/).map((part) => pieceOf(part, DATES));
  return pieces.every((piece) => piece !== null) ? pieces : null;
}

/** Says a reason; what is not known as it came. */
export function saidReason(reason: string, say: (id: WordId, values?: Record<string, string | number>) => string): string {
  return piecesOf(reason)?.map(({ word, values }) => say(word, values)).join(", ") ?? reason;
}

const GIVERS: Readonly<Record<Giver, WordId>> = {
  [Giver.UNSPECIFIED]: "panels.giver.user",
  [Giver.USER]: "panels.giver.user",
  [Giver.DELIVERY]: "panels.giver.delivery",
  [Giver.INBOX]: "panels.giver.inbox",
  [Giver.BARCODE]: "panels.giver.barcode",
  [Giver.INVOICE]: "panels.giver.invoice",
  [Giver.WORKFLOW]: "panels.giver.workflow",
  [Giver.MAIL_RULE]: "panels.giver.mail_rule",
  [Giver.RULE]: "panels.giver.rule",
  [Giver.EXTRACTION]: "panels.giver.extraction",
  [Giver.TEXT]: "panels.giver.text",
  [Giver.CLASSIFIER]: "panels.giver.classifier",
};

export function giverWord(giver: Giver): WordId {
  return GIVERS[giver];
}

/** How likely something is, in words: nobody decides by two digits. */
export function likelihoodWord(probability: number): WordId {
  if (probability >= 0.9) return "panels.likely.sure";
  if (probability >= 0.6) return "panels.likely.probable";
  return probability >= 0.3 ? "panels.likely.possible" : "panels.likely.hardly";
}

function pieceOf(text: string, forms: readonly Form[]): Piece | null {
  for (const [form, word, names] of forms) {
    const found = form.exec(text);
    if (found) return { word, values: Object.fromEntries(names.map((name, place) => [name, found[place + 1] ?? ""])) };
  }
  return null;
}
