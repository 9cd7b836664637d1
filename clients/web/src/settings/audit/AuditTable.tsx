import { Link } from "@tanstack/react-router";
import { AuditNoun, AuthorKind, type AuditChange, type AuditEntry } from "@sdk/scriba/v1/audit_pb.js";

import { saidField } from "@/document/panels/history/fieldNames";
import { useFormats } from "@/formats/formats";
import { DataTable } from "@/parts/DataTable";
import { actName, nounName } from "@/settings/audit/names";
import { useWords, type WordId } from "@/words/words";

import style from "./audit.module.css";

const AUTHORS: Partial<Readonly<Record<AuthorKind, WordId>>> = {
  [AuthorKind.LOCAL]: "audit.author.local",
  [AuthorKind.SHARE_LINK]: "audit.author.share_link",
  [AuthorKind.UPLOAD_LINK]: "audit.author.upload_link",
  [AuthorKind.ARCHIVE]: "audit.author.archive",
  [AuthorKind.UNKNOWN]: "audit.author.unknown",
};

export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const say = useWords();
  const formats = useFormats();
  return (
    <DataTable
      label={say("settings.audit")}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { id: "time", title: say("audit.time"), cell: ({ time }) => <span className={style.time}>{formats.moment(time)}</span> },
        { id: "author", title: say("audit.user"), cell: (entry) => <Author entry={entry} /> },
        { id: "deed", title: say("audit.deed"), cell: (entry) => <Deed entry={entry} /> },
        { id: "changes", title: say("audit.changes"), cell: ({ changes }) => <Changes changes={changes} /> },
      ]}
    />
  );
}

/** Who it was; below, by which token and from where. */
function Author({ entry: { authorKind, authorName, tokenName, address } }: { readonly entry: AuditEntry }) {
  const say = useWords();
  const word = AUTHORS[authorKind];
  const way = [tokenName, address].filter((part) => part !== "").join(" · ");
  return (
    <div className={style.author}>
      {word ? say(word, { name: tokenName }) : authorName}
      {way !== "" && <small>{way}</small>}
    </div>
  );
}

function Deed({ entry: { act, noun, name, subjectId } }: { readonly entry: AuditEntry }) {
  const say = useWords();
  const [done, what] = [actName(act), nounName(noun)];
  const called = name || subjectId;
  return (
    <div className={style.deed}>
      {done && say(`audit.act.${done}`)} · {what && say(`audit.noun.${what}`)}{" "}
      {noun === AuditNoun.DOCUMENT && subjectId !== "" ? (
        <Link to="/documents/$documentId" params={{ documentId: subjectId }}>
          {called}
        </Link>
      ) : (
        called
      )}
    </div>
  );
}

function Changes({ changes }: { readonly changes: readonly AuditChange[] }) {
  const say = useWords();
  if (changes.length === 0) return null;
  return (
    <ul className={style.changes}>
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <span className={style.field}>{saidField(field, say)}</span> {before || say("audit.nothing")} → {after || say("audit.nothing")}
        </li>
      ))}
    </ul>
  );
}
