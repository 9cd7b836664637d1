import { createQueryOptions, useQuery, useTransport } from "@connectrpc/connect-query";
import { CatalogService, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { type Document, DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { useQueries } from "@tanstack/react-query";

import { isAnyOpen, openFor, type OpenSuggestions } from "@/home/suggestions/open";
import { SuggestedDocument } from "@/home/suggestions/SuggestedDocument";
import { useWords } from "@/words/words";

import style from "../home.module.css";

// Those at which somebody is still to look; where there is no inbox, what has come in of late.
const WAITING = "(is:inbox OR added:>=-14d) state:ready";
const LOOKED_AT = 20;
const SHOWN = 4;
const FRESH_MILLISECONDS = 60_000;
const ALL = 1000;

/** What may be said of the newest documents and nobody has said yet, each taken by one press. */
export function SuggestionSection() {
  const say = useWords();
  const open = useOpen().slice(0, SHOWN);
  const tags = useQuery(CatalogService.method.listLabels, { kind: LabelKind.TAG, pageSize: ALL }).data?.labels;
  const inboxTags = tags?.flatMap(({ inbox, name }) => (inbox ? [name] : [])) ?? [];
  if (open.length === 0) return null;
  return (
    <section className={style.section} aria-labelledby="suggestions">
      <header className={style.header}>
        <h2 id="suggestions" tabIndex={-1}>
          {say("home.suggestions")}
        </h2>
      </header>
      <ul className={style.suggested}>
        {open.map(({ document, suggestions }) => (
          <SuggestedDocument key={document.id} document={document} suggestions={suggestions} inboxTags={inboxTags} />
        ))}
      </ul>
    </section>
  );
}

function useOpen(): readonly { readonly document: Document; readonly suggestions: OpenSuggestions }[] {
  const transport = useTransport();
  const documents = useQuery(DocumentService.method.listDocuments, { filter: WAITING, pageSize: LOOKED_AT }).data?.documents ?? [];
  const asked = useQueries({
    queries: documents.map(({ id }) => ({ ...createQueryOptions(DocumentService.method.suggestValues, { id }, { transport }), staleTime: FRESH_MILLISECONDS })),
  });
  return documents.flatMap((document, place) => {
    const told = asked[place]?.data;
    const suggestions = told && openFor(document, told);
    return suggestions && isAnyOpen(suggestions) ? [{ document, suggestions }] : [];
  });
}
