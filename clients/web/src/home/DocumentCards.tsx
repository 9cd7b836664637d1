import { Link } from "@tanstack/react-router";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";

import { useFormats } from "@/formats/formats";
import { RowState } from "@/library/rowParts";
import { Thumbnail } from "@/parts/Thumbnail";
import { TimeAgo } from "@/parts/TimeAgo";

import style from "./home.module.css";

/** A few documents in a line, by what they look like. */
export function DocumentCards({ documents }: { readonly documents: readonly Document[] }) {
  const formats = useFormats();
  return (
    <ul className={style.cards}>
      {documents.map((document) => (
        <li key={document.id}>
          <Link to="/documents/$documentId" params={{ documentId: document.id }} className={style.card}>
            <Thumbnail document={document} />
            <strong>{document.title}</strong>
            <span className={style.facts}>
              {document.correspondent || formats.day(document.createdDate)}
              <TimeAgo time={document.addedTime} />
            </span>
            <RowState document={document} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
