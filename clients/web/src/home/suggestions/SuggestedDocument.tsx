import { useQuery } from "@connectrpc/connect-query";
import { type Document, DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { Link } from "@tanstack/react-router";
import { InboxIcon } from "lucide-react";
import { useMemo } from "react";

import { ClashDialog } from "@/document/panels/facts/ClashDialog";
import type { Edit } from "@/document/panels/facts/edits";
import { FactsContext } from "@/document/panels/facts/facts";
import { SuggestedDates, SuggestedLabels } from "@/document/panels/facts/Suggestions";
import { useDocumentEdit } from "@/document/panels/facts/useDocumentEdit";
import { KINDS, type LabelPath, type OpenSuggestions } from "@/home/suggestions/open";
import { Button } from "@/parts/Button";
import { notifyWrong } from "@/parts/notices";
import { Thumbnail } from "@/parts/Thumbnail";
import { useWords } from "@/words/words";

import style from "../home.module.css";

interface SuggestedDocumentProps {
  readonly document: Document;
  readonly suggestions: OpenSuggestions;
  readonly inboxTags: readonly string[];
}

/** A document, what may fit it, and a way to say that nothing of it is wanted. */
export function SuggestedDocument({ document: listed, suggestions, inboxTags }: SuggestedDocumentProps) {
  const say = useWords();
  const { change, clash, leaveClash } = useDocumentEdit(listed.id);
  const document = useQuery(DocumentService.method.getDocument, { id: listed.id }).data?.document ?? listed;
  const facts = useMemo(() => ({ document, mayEdit: true, change, assignments: [] }), [document, change]);
  const inbox = document.tags.filter((tag) => inboxTags.includes(tag));
  return (
    <li className={style.suggestedOne}>
      <Link to="/documents/$documentId" params={{ documentId: document.id }} className={style.suggestedName}>
        <span className={style.suggestedPicture}>
          <Thumbnail document={document} />
        </span>
        <strong>{document.title}</strong>
      </Link>
      <FactsContext value={facts}>
        <dl className={style.offers}>
          {suggestions.labels.map((path) => (
            <div key={path}>
              <dt>{say(`panels.facts.${path}`)}</dt>
              <dd>
                <SuggestedLabels kind={KINDS[path]} take={(name) => editOf(path, name)} />
              </dd>
            </div>
          ))}
          {suggestions.date && (
            <div>
              <dt>{say("panels.facts.createdDate")}</dt>
              <dd>
                <SuggestedDates />
              </dd>
            </div>
          )}
        </dl>
        {inbox.length > 0 && (
          <Button look="quiet" icon={InboxIcon} onPress={() => void change({ path: "tags", add: [], remove: inbox }).then((wrong) => wrong !== null && notifyWrong(wrong))}>
            {say("home.suggestions.done")}
          </Button>
        )}
        {clash && <ClashDialog clash={clash} onKeepMine={() => void change(clash.edit)} onClose={leaveClash} />}
      </FactsContext>
    </li>
  );
}

function editOf(path: LabelPath, name: string): Edit {
  return path === "tags" ? { path, add: [name], remove: [] } : { path, value: name };
}
