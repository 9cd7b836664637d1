import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Thumbnail } from "@/parts/Thumbnail";

import style from "./related.module.css";

interface RelatedPartProps {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

export function RelatedPart({ title, about, children }: RelatedPartProps) {
  return (
    <section className={style.part} aria-label={title}>
      <h2>{title}</h2>
      {about && <p className={style.small}>{about}</p>}
      <ul className={style.list}>{children}</ul>
    </section>
  );
}

/** Another document, by its first page and title; leads there, and leaves the panel as it is. */
export function DocumentLine({ document, about }: { readonly document: Document; readonly about: string }) {
  return (
    <li>
      <Link to="/documents/$documentId" params={{ documentId: document.id }} search={(now) => ({ panel: now.panel })} className={style.document}>
        <span className={style.picture}>
          <Thumbnail document={document} />
        </span>
        <span className={style.words}>
          <span className={style.title}>{document.title}</span>
          <span className={style.small}>{about}</span>
        </span>
      </Link>
    </li>
  );
}
