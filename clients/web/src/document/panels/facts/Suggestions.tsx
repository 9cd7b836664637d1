import { useQuery } from "@connectrpc/connect-query";
import type { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { DocumentService, DocumentState } from "@sdk/scriba/v1/documents_pb.js";
import { HelpCircle, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";

import type { Edit } from "@/document/panels/facts/edits";
import { useFacts } from "@/document/panels/facts/facts";
import { giverWord, likelihoodWord, saidReason } from "@/document/panels/facts/reasons";
import { DocumentLinks } from "@/document/panels/facts/Why";
import { useFormats } from "@/formats/formats";
import { notifyWrong } from "@/parts/notices";
import { useWords } from "@/words/words";

import style from "./Suggestions.module.css";
import why from "./Why.module.css";

const SHOWN = 4;

interface SuggestedLabelsProps {
  readonly kind: LabelKind;
  readonly take: (name: string) => Edit;
}

/** Labels that may fit, each taken by one press, with why. */
export function SuggestedLabels({ kind, take }: SuggestedLabelsProps) {
  const say = useWords();
  const { document } = useFacts();
  const labels = useSuggestions()?.labels.filter((label) => label.kind === kind && !document.tags.includes(label.name)) ?? [];
  return (
    <SuggestionList>
      {labels.slice(0, SHOWN).map((label) => (
        <Suggestion
          key={label.labelId}
          text={label.name}
          probability={label.probability}
          reason={`${say(giverWord(label.giver))}: ${saidReason(label.reason, say)}`}
          likeIds={label.likeDocumentIds}
          edit={take(label.name)}
        />
      ))}
    </SuggestionList>
  );
}

/** Days that stand on the pages. */
export function SuggestedDates() {
  const say = useWords();
  const formats = useFormats();
  const { document } = useFacts();
  const dates = useSuggestions()?.dates.filter(({ date }) => date !== document.createdDate) ?? [];
  return (
    <SuggestionList>
      {dates.slice(0, SHOWN).map(({ date, score, reason, page, text }) => (
        <Suggestion
          key={date}
          text={formats.day(date)}
          probability={score}
          reason={`${page > 0 ? say("panels.date.stands", { text, page }) : text}${reason === "" ? "" : ` – ${saidReason(reason, say)}`}`}
          likeIds={[]}
          edit={{ path: "createdDate", value: date }}
        />
      ))}
    </SuggestionList>
  );
}

function useSuggestions() {
  const { document, mayEdit } = useFacts();
  const isRead = document.state === DocumentState.READY;
  return useQuery(DocumentService.method.suggestValues, { id: document.id }, { enabled: mayEdit && isRead }).data;
}

function SuggestionList({ children }: { readonly children: readonly ReactNode[] }) {
  const say = useWords();
  if (children.length === 0) return null;
  return (
    <ul className={style.list} aria-label={say("panels.suggestions")}>
      {children}
    </ul>
  );
}

interface SuggestionProps {
  readonly text: string;
  readonly probability: number;
  readonly reason: string;
  readonly likeIds: readonly string[];
  readonly edit: Edit;
}

function Suggestion({ text, probability, reason, likeIds, edit }: SuggestionProps) {
  const say = useWords();
  const { change } = useFacts();
  const likely = say(likelihoodWord(probability));
  return (
    <li className={style.suggestion}>
      <AriaButton
        className={style.take ?? ""}
        aria-label={say("panels.take", { text, likely })}
        onPress={() => void change(edit).then((wrong) => wrong !== null && notifyWrong(wrong))}
      >
        <Plus size={14} aria-hidden />
        {/* With a space between, so that what is read out has the words as they are seen. */}
        <span>{text}</span> <small>{likely}</small>
      </AriaButton>
      <DialogTrigger>
        <AriaButton className={style.why ?? ""} aria-label={say("panels.take.why", { text })}>
          <HelpCircle size={14} aria-hidden />
        </AriaButton>
        <Popover className={why.popover ?? ""}>
          <Dialog className={why.dialog ?? ""} aria-label={say("panels.take.why", { text })}>
            <p>{reason}</p>
            <DocumentLinks ids={likeIds} />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </li>
  );
}
