import { type Document, DocumentState } from "@sdk/scriba/v1/documents_pb.js";
import { Link } from "@tanstack/react-router";
import { Check, CircleAlert, LoaderCircle, TriangleAlert } from "lucide-react";
import type { MouseEvent } from "react";

import type { List } from "@/library/list";
import { fromFind, piecesOf } from "@/library/pieces";
import type { Row } from "@/library/rows";
import { Chip } from "@/parts/Chip";
import { useWords } from "@/words/words";

import style from "./rowParts.module.css";

interface PartProps {
  readonly list: List;
  readonly place: number;
  readonly row: Row;
}

/** A document's title, which opens it; with Shift held it selects up to here. */
export function RowTitle({ list, place, row: { document }, className }: PartProps & { readonly className?: string | undefined }) {
  const select = (event: MouseEvent) => {
    if (!event.shiftKey || !list.onSelect) return;
    event.preventDefault();
    list.onSelect(place, document, true);
  };
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: document.id }}
      search={list.q === "" ? {} : { q: list.q }}
      state={{ list: { source: list.rows.source, place } }}
      className={`${style.title ?? ""} ${className ?? ""}`}
      tabIndex={-1}
      onClick={select}
    >
      {document.title || document.originalFilename}
    </Link>
  );
}

export function RowCheck({ list, place, row: { document } }: PartProps) {
  const say = useWords();
  if (!list.onSelect) return null;
  const isSelected = list.isSelected(document.id);
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isSelected}
      aria-label={say("library.select", { title: document.title })}
      className={style.check}
      tabIndex={-1}
      onClick={(event) => list.onSelect?.(place, document, event.shiftKey)}
    >
      <span>{isSelected && <Check size={15} strokeWidth={3} aria-hidden />}</span>
    </button>
  );
}

/** The best piece of the text around the words that were searched for. */
export function RowPiece({ row: { highlights }, className }: { readonly row: Row; readonly className?: string | undefined }) {
  const say = useWords();
  const best = highlights.find(({ page }) => page > 0) ?? highlights[0];
  if (!best) return null;
  return (
    <span className={`${style.piece ?? ""} ${className ?? ""}`}>
      {best.page > 1 && `${say("library.page", { page: best.page })} `}
      {fromFind(piecesOf(best)).map(({ text, isFound }, place) => (isFound ? <b key={place}>{text}</b> : text))}
    </span>
  );
}

export function RowTags({ tags, colourOf, most }: { readonly tags: readonly string[]; readonly colourOf: (name: string) => string | undefined; readonly most: number }) {
  if (tags.length === 0) return null;
  return (
    <span className={style.tags}>
      {tags.slice(0, most).map((tag) => (
        <Chip key={tag} text={tag} colour={colourOf(tag)} />
      ))}
      {tags.length > most && <Chip text={`+${tags.length - most}`} />}
    </span>
  );
}

/** Whether a document is still read, failed, or has something one should know; nothing when all is well. */
export function RowState({ document: { state, warnings } }: { readonly document: Document }) {
  const say = useWords();
  if (state === DocumentState.FAILED) {
    return (
      <span className={style.state} data-look="wrong">
        <CircleAlert size={15} aria-hidden /> {say("library.state.failed")}
      </span>
    );
  }
  if (state !== DocumentState.READY) {
    return (
      <span className={style.state} data-look="plain">
        <LoaderCircle size={15} aria-hidden /> {say("library.state.reading")}
      </span>
    );
  }
  if (warnings.length === 0) return null;
  return (
    <span className={style.state} data-look="warn" title={warnings.map(({ message }) => message).join("\n")}>
      <TriangleAlert size={15} aria-hidden /> <span className="seen-by-readers-only">{say("library.state.warnings", { count: warnings.length })}</span>
    </span>
  );
}
