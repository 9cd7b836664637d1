import { useQuery } from "@connectrpc/connect-query";
import { Link } from "@tanstack/react-router";
import { CatalogService, type View } from "@sdk/scriba/v1/catalog_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";

import { useFormats } from "@/formats/formats";
import { DocumentCards } from "@/home/DocumentCards";
import { Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./home.module.css";

const SHOWN = 6;

/** The saved views that somebody wants to see here. */
export function DashboardViews() {
  const views = useQuery(CatalogService.method.listViews, {}).data?.views.filter(({ dashboard }) => dashboard) ?? [];
  return views.map((view) => <DashboardView key={view.id} view={view} />);
}

function DashboardView({ view: { id, name, query, orderBy } }: { readonly view: View }) {
  const say = useWords();
  const { count } = useFormats();
  const request = { query: query || "*", orderBy, pageSize: SHOWN, skipHighlights: true };
  const { data, error } = useQuery(SearchService.method.searchDocuments, request);
  return (
    <section className={style.section} aria-labelledby={`view-${id}`}>
      <header className={style.header}>
        <h2 id={`view-${id}`}>{name}</h2>
        <Link to="/views/$viewId" params={{ viewId: id }}>
          {data ? say("home.view.all", { count: count(data.totalSize) }) : say("home.all")}
        </Link>
      </header>
      {error && <Problem error={error} />}
      {data && data.results.length === 0 && <p className={style.faded}>{say("home.view.none")}</p>}
      {data && <DocumentCards documents={data.results.flatMap(({ document }) => document ?? [])} />}
    </section>
  );
}
