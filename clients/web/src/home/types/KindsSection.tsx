import { useQuery } from "@connectrpc/connect-query";
import { FacetField, SearchService } from "@sdk/scriba/v1/search_pb.js";
import { Link } from "@tanstack/react-router";

import { useFormats } from "@/formats/formats";
import { written } from "@/library/terms";
import { useWords } from "@/words/words";

import style from "../home.module.css";

const SHOWN = 7;
const ASKED = { query: "*", pageSize: 1, skipHighlights: true, facets: [FacetField.TYPE, FacetField.CORRESPONDENT] };
const KINDS = [
  { field: "type", facet: FacetField.TYPE },
  { field: "correspondent", facet: FacetField.CORRESPONDENT },
] as const;

/** What the archive consists of: the types and correspondents that most documents have, each leading there. */
export function KindsSection() {
  const say = useWords();
  const { data } = useQuery(SearchService.method.searchDocuments, ASKED);
  const shown = KINDS.map(({ field, facet }) => ({ field, counts: data?.facets.find((each) => each.field === facet)?.counts.slice(0, SHOWN) ?? [] }));
  return shown
    .filter(({ counts }) => counts.length > 0)
    .map(({ field, counts }) => (
      <section key={field} className={style.section} aria-labelledby={`by-${field}`}>
        <h2 id={`by-${field}`}>{say(`home.by.${field}`)}</h2>
        <ul className={style.ranks}>
          {counts.map(({ value, count }) => (
            <Rank key={value} field={field} name={value} count={Number(count)} most={Number(counts[0]?.count ?? 1n)} />
          ))}
        </ul>
      </section>
    ));
}

interface RankProps {
  readonly field: "type" | "correspondent";
  readonly name: string;
  readonly count: number;
  readonly most: number;
}

function Rank({ field, name, count, most }: RankProps) {
  const formats = useFormats();
  return (
    <li>
      <Link to="/documents" search={{ q: written({ field, value: name }) }} className={style.rank}>
        <span>{name}</span> <span className={style.number}>{formats.count(count)}</span>
        <span aria-hidden className={style.rail}>
          <span style={{ inlineSize: `${(count / Math.max(most, 1)) * 100}%` }} />
        </span>
      </Link>
    </li>
  );
}
