import { useQueries } from "@tanstack/react-query";
import { createQueryOptions, useTransport } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";

import { DocumentBox } from "@/document/panels/facts/DocumentBox";
import { useFacts } from "@/document/panels/facts/facts";
import { IconButton } from "@/parts/Button";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

interface LinkedDocumentsProps {
  readonly label: string;
  readonly ids: readonly string[];
  readonly onAdd?: (id: string) => void;
  readonly onRemove?: (id: string) => void;
}

/** Documents that a field links to, by their titles. One by one, since one that is gone would fail them all. */
export function LinkedDocuments({ label, ids, onAdd, onRemove }: LinkedDocumentsProps) {
  const say = useWords();
  const transport = useTransport();
  const { document } = useFacts();
  const found = useQueries({ queries: ids.map((id) => createQueryOptions(DocumentService.method.getDocument, { id }, { transport })) });
  return (
    <>
      {onAdd ? <DocumentBox label={label} without={[document.id, ...ids]} onTake={onAdd} /> : <span className={style.name}>{label}</span>}
      {ids.length > 0 && (
        <ul className={style.links} aria-label={label}>
          {ids.map((id, place) => {
            const title = found[place]?.data?.document?.title ?? say("panels.document", { id });
            return (
              <li key={id} className={style.link}>
                <Link to="/documents/$documentId" params={{ documentId: id }}>
                  {title}
                </Link>
                {onRemove && <IconButton icon={X} label={say("parts.remove", { what: title })} onPress={() => onRemove(id)} />}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
