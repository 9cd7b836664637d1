/** A question about custom fields in words, for who reads it; pure. */

import { type Field, FieldKind } from "@sdk/scriba/v1/catalog_pb.js";

import { isAboutHaving, isChosen, type QueryDraft, type QuestionDraft } from "@/settings/workflows/query/draft";
import type { WordId } from "@/words/words";

type Say = (id: WordId, values?: Record<string, string | number>) => string;

/** Says what is asked; parts of parts stand in parentheses. */
export function wordsOf(draft: QueryDraft, fields: readonly Field[], say: Say, isInside = false): string {
  switch (draft.case) {
    case "verbatim":
      return draft.json;
    case "question":
      return questionWords(draft, fields, say);
    case "group": {
      const parts = draft.parts.map((part) => wordsOf(part, fields, say, draft.parts.length > 1 || draft.joining === "none"));
      const joined = parts.join(` ${say(draft.joining === "all" ? "workflows.query.and" : "workflows.query.or")} `);
      if (draft.joining === "none") return say("workflows.query.not", { what: joined });
      return isInside && parts.length > 1 ? `(${joined})` : joined;
    }
  }
}

function questionWords({ field: name, comparison, text, until, several }: QuestionDraft, fields: readonly Field[], say: Say): string {
  const asked = `${name} ${say(`workflows.comparison.${comparison}`)}`;
  if (isAboutHaving(comparison)) return asked;
  const field = fields.find((each) => each.name === name);
  if (field && isChosen(field.kind, comparison)) return `${asked} ${several.join(", ")}`;
  if (comparison === "range") return `${asked} ${text} – ${until}`;
  const isAnswer = field?.kind === FieldKind.BOOLEAN;
  return `${asked} ${isAnswer ? say(text === "yes" ? "panels.yes" : "panels.no") : text.split("\n").join(", ")}`;
}
