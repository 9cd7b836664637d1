import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useIntl } from "react-intl";

import { DataTable } from "@/parts/DataTable";
import { changesBetween } from "@/settings/workflows/changes";
import { useWords } from "@/words/words";

import style from "./workflows.module.css";

interface ChangesProps {
  readonly before: Document;
  readonly after: Document;
  readonly trashed: boolean;
}

/** A document as it is, and as it would be. */
export function Changes({ before, after, trashed }: ChangesProps) {
  const say = useWords();
  const { locale } = useIntl();
  const changes = changesBetween(before, after, locale, (answer) => say(answer ? "panels.yes" : "panels.no"));
  const nameOf = ({ what }: (typeof changes)[number]) => ("word" in what ? say(what.word) : what.field);
  return (
    <section className={style.lines} aria-label={say("workflows.change")}>
      <h3>{say("workflows.change")}</h3>
      {trashed && <p>{say("workflows.change.trashed")}</p>}
      {changes.length === 0 && !trashed && <p>{say("workflows.change.none")}</p>}
      {changes.length > 0 && (
        <DataTable
          label={say("workflows.change")}
          rows={changes}
          keyOf={nameOf}
          columns={[
            { id: "what", title: say("workflows.change.what"), cell: nameOf },
            { id: "before", title: say("workflows.change.before"), cell: (change) => change.before || "–" },
            { id: "after", title: say("workflows.change.after"), cell: (change) => change.after || "–" },
          ]}
        />
      )}
    </section>
  );
}
