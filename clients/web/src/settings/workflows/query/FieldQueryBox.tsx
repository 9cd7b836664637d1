import { useQuery } from "@connectrpc/connect-query";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";

import { Loading, Problem } from "@/parts/states";
import { FaultList } from "@/settings/workflows/Card";
import type { FaultAt } from "@/settings/workflows/faults";
import type { GroupDraft } from "@/settings/workflows/query/draft";
import { QueryGroup } from "@/settings/workflows/query/QueryGroup";
import { useWords } from "@/words/words";

import style from "./query.module.css";

interface FieldQueryBoxProps {
  readonly query: GroupDraft;
  readonly at: FaultAt;
  readonly onChange: (query: GroupDraft) => void;
}

/** What is asked about custom fields. */
export function FieldQueryBox({ query, at, onChange }: FieldQueryBoxProps) {
  const say = useWords();
  const { data, error } = useQuery(CatalogService.method.listFields, {});
  // What is wrong with a part is told there; the server speaks of the whole.
  const refused = at(`field_query/${query.key}`) === undefined ? at("field_query") : undefined;
  if (!data) return error ? <Problem error={error} /> : <Loading />;
  return (
    <div className={style.query}>
      {data.fields.length === 0 && <p>{say("workflows.query.no_fields")}</p>}
      <QueryGroup group={query} fields={data.fields} at={at} onChange={onChange} />
      <FaultList faults={refused === undefined ? [] : [refused]} />
    </div>
  );
}
