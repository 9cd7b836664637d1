import { partedAt } from "@/library/typing";
import { useExplanation } from "@/parts/states";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./SearchBox.module.css";

interface RefusedQueryProps {
  readonly id: string;
  readonly error: unknown;
  readonly q: string;
  /** How far the query stands behind the begin of what the server was asked. */
  readonly shift: number;
}

/** What is wrong with a query, and where. */
export function RefusedQuery({ id, error, q, shift }: RefusedQueryProps) {
  const say = useWords();
  const explain = useExplanation();
  const { reason, facts } = refusalOf(error);
  if (reason !== "QUERY_INVALID") {
    return (
      <p id={id} role="status" className={style.refused}>
        {explain(error)}
      </p>
    );
  }
  const [before, wrong, after] = partedAt(q, Number(facts["column"] ?? 1) - shift);
  return (
    <div id={id} role="status" className={style.refused}>
      <p>{explain(error).replace(/^column \d+: /, "")}</p>
      <code aria-label={say("library.search.refused_at", { before, wrong })}>
        {before}
        <mark>{wrong || " "}</mark>
        {after}
      </code>
    </div>
  );
}
