import type { Assignment } from "@sdk/scriba/v1/assignments_pb.js";
import { AuditAct, type AuditEntry, AuthorKind } from "@sdk/scriba/v1/audit_pb.js";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Sparkles, Undo2, UserRound } from "lucide-react";

import { giverWord, saidReason } from "@/document/panels/facts/reasons";
import type { Deed } from "@/document/panels/history/deeds";
import { fieldChangedBy, saidField } from "@/document/panels/history/fieldNames";
import { useFormats } from "@/formats/formats";
import { IconButton } from "@/parts/Button";
import { useWords, type WordId } from "@/words/words";

import style from "./history.module.css";

interface DeedEntryProps {
  readonly deed: Deed;
  readonly mayUndo: (assignment: Assignment) => boolean;
  readonly onUndo: (assignment: Assignment) => void;
}

/** One thing that happened, by whom and when. */
export function DeedEntry({ deed, mayUndo, onUndo }: DeedEntryProps) {
  const say = useWords();
  const formats = useFormats();
  const author = useAuthor();
  const undoOf = (assignment: Assignment | undefined) => (assignment && mayUndo(assignment) ? () => onUndo(assignment) : undefined);
  const shown = (field: string, value: string) => (field === "created_date" && isDay(value) ? formats.day(value) : value);
  const Icon = deed.by === "machine" ? Sparkles : UserRound;
  return (
    <li className={style.deed}>
      <Icon size={18} aria-hidden />
      <div>
        <p>
          {deed.by === "machine" ? (
            <strong>{say(giverWord(deed.giver))}</strong>
          ) : (
            <>
              <strong>{author(deed.entry)}</strong> {say(ACTS[deed.entry.act])}
            </>
          )}
        </p>
        <p className={style.when}>{formats.moment(timestampFromMs(deed.when))}</p>
        <ul className={style.changes}>
          {deed.by === "machine"
            ? deed.assignments.map((each) => {
                const field = fieldChangedBy(each);
                return <ChangeLine key={each.id} name={saidField(field, say)} before={shown(field, each.before)} after={shown(field, each.value)} isUndone={each.undone} onUndo={undoOf(each)} />;
              })
            : deed.lines.map(({ change: { field, before, after }, assignment }, place) => (
                <ChangeLine
                  key={place}
                  name={saidField(field, say)}
                  before={shown(field, before)}
                  after={shown(field, after)}
                  isUndone={assignment?.undone ?? false}
                  onUndo={undoOf(assignment)}
                />
              ))}
        </ul>
        {deed.by === "machine" && deed.reason !== "" && <p className={style.when}>{saidReason(deed.reason, say)}</p>}
      </div>
    </li>
  );
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

interface ChangeLineProps {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly isUndone: boolean;
  readonly onUndo: (() => void) | undefined;
}

function ChangeLine({ name, before, after, isUndone, onUndo }: ChangeLineProps) {
  const say = useWords();
  return (
    <li className={style.change}>
      <span>
        {name}: {before !== "" && <del>{before}</del>} {after !== "" ? <ins>{after}</ins> : <span className={style.when}>{say("panels.history.removed")}</span>}
        {isUndone && <span className={style.when}> ({say("panels.why.undone")})</span>}
      </span>
      {onUndo && <IconButton icon={Undo2} label={say("panels.history.undo", { what: name })} onPress={onUndo} />}
    </li>
  );
}

function useAuthor(): (entry: AuditEntry) => string {
  const say = useWords();
  return ({ authorKind, authorName, tokenName }) => {
    switch (authorKind) {
      case AuthorKind.USER:
        return authorName;
      case AuthorKind.LOCAL:
        return say("panels.author.local");
      case AuthorKind.SHARE_LINK:
      case AuthorKind.UPLOAD_LINK:
        return say("panels.author.link", { name: authorName || tokenName });
      case AuthorKind.ARCHIVE:
        return say("panels.author.archive");
      default:
        return say("panels.author.unknown");
    }
  };
}

const ACTS: Readonly<Record<AuditAct, WordId>> = {
  [AuditAct.UNSPECIFIED]: "panels.act.changed",
  [AuditAct.CREATED]: "panels.act.created",
  [AuditAct.CHANGED]: "panels.act.changed",
  [AuditAct.DELETED]: "panels.act.deleted",
  [AuditAct.RESTORED]: "panels.act.restored",
  [AuditAct.PURGED]: "panels.act.purged",
  [AuditAct.ORDERED]: "panels.act.ordered",
  [AuditAct.READ]: "panels.act.read",
  [AuditAct.EXPORTED]: "panels.act.read",
  [AuditAct.SIGNED_IN]: "panels.act.changed",
  [AuditAct.SIGNED_OUT]: "panels.act.changed",
  [AuditAct.REFUSED]: "panels.act.changed",
};
