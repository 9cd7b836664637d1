import { useQuery } from "@connectrpc/connect-query";
import { FacetField, SearchService, type Facet } from "@sdk/scriba/v1/search_pb.js";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useIntl } from "react-intl";

import { useFormats } from "@/formats/formats";
import { chosenTerms, isSame, type Term, toggled, without } from "@/library/terms";
import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { useTagColour } from "@/parts/tagColours";
import { useWords, type WordId } from "@/words/words";

import style from "./Facets.module.css";

const GROUPS: readonly (readonly [FacetField, string, WordId])[] = [
  [FacetField.TAG, "tag", "library.facet.tag"],
  [FacetField.CORRESPONDENT, "correspondent", "library.facet.correspondent"],
  [FacetField.TYPE, "type", "library.facet.type"],
  [FacetField.CREATED_YEAR, "created", "library.facet.year"],
  [FacetField.LANGUAGE, "language", "library.facet.language"],
  [FacetField.MIME, "mime", "library.facet.mime"],
];
const AT_FIRST = 6;

interface FacetsProps {
  /** What the shown documents were found by; the counts are of these. */
  readonly found: string;
  readonly q: string;
  readonly onSearch: (q: string) => void;
}

/** What the found documents have in common, with how many; a click asks for one more of it, or no longer. */
export function Facets({ found, q, onSearch }: FacetsProps) {
  const say = useWords();
  const { data } = useQuery(
    SearchService.method.searchDocuments,
    { query: found.trim() === "" ? "*" : found, facets: GROUPS.map(([field]) => field), pageSize: 1, skipHighlights: true },
    { placeholderData: keepPreviousData },
  );
  const chosen = chosenTerms(q);
  return (
    <div className={style.groups}>
      {GROUPS.map(([facetField, field, word]) => {
        const facet = data?.facets.find((each) => each.field === facetField);
        return facet && facet.counts.length > 0 ? (
          <Group key={field} title={say(word)} field={field} facet={facet} chosen={chosen} onToggle={(term) => onSearch(toggled(q, term))} />
        ) : null;
      })}
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly field: string;
  readonly facet: Facet;
  readonly chosen: readonly Term[];
  readonly onToggle: (term: Term) => void;
}

function Group({ title, field, facet, chosen, onToggle }: GroupProps) {
  const say = useWords();
  const formats = useFormats();
  const colourOf = useTagColour();
  const nameOf = useValueNames();
  const [showsAll, setShowsAll] = useState(false);
  const counts = field === "created" ? [...facet.counts].sort((one, other) => other.value.localeCompare(one.value)) : facet.counts;
  return (
    <section>
      <h2>{title}</h2>
      <ul aria-label={title}>
        {(showsAll ? counts : counts.slice(0, AT_FIRST)).map(({ value, count }) => (
          <li key={value}>
            <button type="button" className={style.value} aria-pressed={chosen.some((term) => isSame(term, { field, value }))} onClick={() => onToggle({ field, value })}>
              {field === "tag" && <span className={style.dot} style={{ background: colourOf(value) || "var(--edge)" }} />}
              <span title={value}>{nameOf(field, value)}</span>
              <small>{formats.count(count)}</small>
            </button>
          </li>
        ))}
      </ul>
      {counts.length > AT_FIRST && !showsAll && (
        <Button look="quiet" onPress={() => setShowsAll(true)}>
          {say("parts.more")}
        </Button>
      )}
    </section>
  );
}

/** What a query asks for by clicks, to be let go of by one. */
export function ChosenTerms({ q, onSearch }: { readonly q: string; readonly onSearch: (q: string) => void }) {
  const nameOf = useValueNames();
  const colourOf = useTagColour();
  const chosen = chosenTerms(q);
  if (chosen.length === 0) return null;
  return (
    <div className={style.chips}>
      {chosen.map((term) => (
        <Chip key={term.start} text={nameOf(term.field, term.value)} colour={term.field === "tag" ? colourOf(term.value) : undefined} onRemove={() => onSearch(without(q, term))} />
      ))}
    </div>
  );
}

/** Gives a function that names a value as people do: languages in the reader's, kinds of files by their usual names. */
function useValueNames(): (field: string, value: string) => string {
  const { locale } = useIntl();
  return (field, value) => {
    if (field === "language") return new Intl.DisplayNames(locale, { type: "language", fallback: "code" }).of(value) ?? value;
    return field === "mime" ? kindOf(value) : value;
  };
}

/** Shortens a media type to what the file's kind is called. */
export function kindOf(mimeType: string): string {
  const known: Readonly<Record<string, string>> = {
    "message/rfc822": "E-mail",
    "text/plain": "Text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument",
  };
  return known[mimeType] ?? mimeType.replace(/^.*\//, "").replace(/^(x-|vnd\.)/, "").toUpperCase();
}
