import { Download, Ellipsis, Merge, PencilLine, RotateCw, Tags, Trash2, Undo2, WandSparkles, X } from "lucide-react";
import { BulkAction } from "@sdk/scriba/v1/bulk_edits_pb.js";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { useBulk } from "@/library/bulk";
import { BulkDialog, type BulkSubject } from "@/library/BulkDialog";
import { useMerge } from "@/library/merging";
import { PurgeDialog } from "@/library/PurgeDialog";
import { chosenBy, countOf, MOST_IDS } from "@/library/selection";
import type { Selecting } from "@/library/selecting";
import { useZip } from "@/library/zip";
import { Button, IconButton } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { Meter } from "@/parts/Meter";
import { useWords } from "@/words/words";

import style from "./BulkBar.module.css";

interface BulkBarProps {
  readonly selecting: Selecting;
  /** How many the list has in all. */
  readonly total: number;
  readonly isTrash: boolean;
}

/** What can be done with the selected documents together. */
export function BulkBar({ selecting, total, isTrash }: BulkBarProps) {
  const say = useWords();
  const { run, progress } = useBulk();
  const { selection, selectAll, clear } = selecting;
  const count = countOf(selection);
  if (count === 0 && !progress) return null;
  const chosen = chosenBy(selection);
  const isBusy = progress !== null;
  const most = isTrash ? Math.min(total, MOST_IDS) : total;
  return (
    <div role="toolbar" aria-label={say("library.bulk")} className={style.bar}>
      <span className={style.count} role="status">
        {say("library.bulk.selected", { count })}
      </span>
      {selection.kind === "some" && count < most && (
        <Button look="quiet" onPress={selectAll}>
          {say(isTrash ? "library.bulk.all_trash" : "library.bulk.all", { count: most })}
        </Button>
      )}
      <span className={style.space} />
      {progress && (
        <span className={style.progress}>
          <Meter label={say("library.bulk.working")} done={progress.done} total={progress.total} />
        </span>
      )}
      {isTrash ? (
        <TrashActions selecting={selecting} isBusy={isBusy} onRestore={() => void run({ chosen, action: BulkAction.UNDELETE }, "library.bulk.restored").then(clear)} />
      ) : (
        <Actions selecting={selecting} run={run} isBusy={isBusy} />
      )}
      <IconButton icon={X} label={say("library.keys.clear")} onPress={clear} />
    </div>
  );
}

interface ActionsProps {
  readonly selecting: Selecting;
  readonly run: ReturnType<typeof useBulk>["run"];
  readonly isBusy: boolean;
}

function Actions({ selecting: { selection, clear }, run, isBusy }: ActionsProps) {
  const say = useWords();
  const [subject, setSubject] = useState<BulkSubject | null>(null);
  const zip = useZip();
  const merge = useMerge();
  const chosen = chosenBy(selection);
  const ids = selection.kind === "some" ? [...selection.ids] : [];
  const setters: readonly BulkSubject[] = ["correspondent", "document_type", "storage_path", "created_date", "title"];
  return (
    <>
      <Button icon={Tags} isDisabled={isBusy} onPress={() => setSubject("tags")}>
        {say("library.bulk.tags")}
      </Button>
      <Menu label={say("library.bulk.set")} actions={setters.map((id) => ({ id, text: say(`library.bulk.subject.${id}`), act: () => setSubject(id) }))}>
        <Button icon={PencilLine} isDisabled={isBusy}>
          {say("library.bulk.set")}
        </Button>
      </Menu>
      <Button icon={Trash2} isDisabled={isBusy} onPress={() => void run({ chosen, action: BulkAction.DELETE }, "library.bulk.deleted").then(clear)}>
        {say("library.bulk.delete")}
      </Button>
      <Menu
        label={say("app.more")}
        actions={[
          { id: "zip", text: say("library.bulk.zip"), icon: Download, act: () => void zip(selection) },
          { id: "merge", text: say("library.bulk.merge"), icon: Merge, isDisabled: ids.length < 2 || ids.length > 100, act: () => void merge(ids).then((isDone) => isDone && clear()) },
          { id: "rules", text: say("library.bulk.rules"), icon: WandSparkles, act: () => void run({ chosen, action: BulkAction.APPLY_RULES }, "library.bulk.ruled") },
          { id: "again", text: say("library.bulk.reprocess"), icon: RotateCw, act: () => void run({ chosen, action: BulkAction.REPROCESS }, "library.bulk.reprocessed") },
        ]}
      >
        <IconButton icon={Ellipsis} label={say("app.more")} look="plain" isDisabled={isBusy} />
      </Menu>
      {subject && (
        <BulkDialog
          subject={subject}
          count={countOf(selection)}
          onClose={() => setSubject(null)}
          onDo={(order) => {
            setSubject(null);
            void run({ chosen, ...order }, "library.bulk.changed");
          }}
        />
      )}
    </>
  );
}

function TrashActions({ selecting, isBusy, onRestore }: { readonly selecting: Selecting; readonly isBusy: boolean; readonly onRestore: () => void }) {
  const say = useWords();
  const { administer } = useMay();
  const [asks, setAsks] = useState(false);
  const { selection, clear } = selecting;
  return (
    <>
      <Button icon={Undo2} isDisabled={isBusy} onPress={onRestore}>
        {say("library.trash.restore")}
      </Button>
      {administer && (
        <Button look="danger" icon={Trash2} isDisabled={isBusy} onPress={() => setAsks(true)}>
          {say("library.trash.purge")}
        </Button>
      )}
      {asks && selection.kind === "some" && <PurgeDialog ids={[...selection.ids]} count={selection.ids.size} onClose={() => setAsks(false)} onDone={clear} />}
    </>
  );
}

