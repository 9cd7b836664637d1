import { useQuery } from "@connectrpc/connect-query";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { Waypoints } from "lucide-react";

import { DocumentLine, RelatedPart } from "@/document/panels/related/DocumentLine";
import { LinkedFrom } from "@/document/panels/related/LinkedFrom";
import { useFormats } from "@/formats/formats";
import { Empty, Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./related.module.css";

/** Documents that have to do with this one: linked by people, the same paper again, or much like it. */
export function RelatedPanel({ document }: { readonly document: Document }) {
  const say = useWords();
  const formats = useFormats();
  const twins = useQuery(SearchService.method.findNearDuplicates, { id: document.id, pageSize: 20 });
  const similar = useQuery(SearchService.method.findSimilarDocuments, { id: document.id, pageSize: 12 });
  const links = document.fields.filter(({ value }) => value.case === "documents");
  const error = twins.error ?? similar.error;
  if (error) return <Problem error={error} onRetry={() => void Promise.all([twins.refetch(), similar.refetch()])} />;
  if (!twins.data || !similar.data) return <Loading />;
  const same = twins.data.duplicates.flatMap(({ document: twin, likeness, cameBefore }) => (twin ? [{ twin, likeness, cameBefore }] : []));
  const like = similar.data.results.flatMap(({ document: other }) => (other && !same.some(({ twin }) => twin.id === other.id) ? [other] : []));
  if (links.length + same.length + like.length === 0) {
    return (
      <Empty icon={Waypoints} title={say("panels.related.none")}>
        <p>{say("panels.related.none.about")}</p>
      </Empty>
    );
  }
  return (
    <div className={style.related}>
      {links.map(({ field, value }) => value.case === "documents" && <LinkedFrom key={field} name={field} ids={value.value.ids} />)}
      {same.length > 0 && (
        <RelatedPart title={say("panels.related.same")} about={say("panels.related.same.about")}>
          {same.map(({ twin, likeness, cameBefore }) => (
            <DocumentLine key={twin.id} document={twin} about={say(cameBefore ? "panels.related.before" : "panels.related.after", { likeness: formats.percent(likeness) })} />
          ))}
        </RelatedPart>
      )}
      {like.length > 0 && (
        <RelatedPart title={say("panels.related.similar")} about={say("panels.related.similar.about")}>
          {like.map((other) => (
            <DocumentLine key={other.id} document={other} about={[other.correspondent, formats.day(other.createdDate)].filter(Boolean).join(" · ")} />
          ))}
        </RelatedPart>
      )}
    </div>
  );
}
