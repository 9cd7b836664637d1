import { Download, Ellipsis, Link2, ListPlus, Mail, Merge, PencilLine, RotateCw, Tags, Trash2, Undo2, WandSparkles, X } from "lucide-react";
import { useTransport } from "@connectrpc/connect-query";
import { BulkAction } from "@sdk/scriba/v1/bulk_edits_pb.js";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { type Order, useBulk } from "@/library/bulk";
import type { BulkSubject } from "@/library/BulkDialog";
import { type Merging, useMerge } from "@/library/merging";
import { chosenBy, countOf, type Listed } from "@/library/selection";
import type { Selecting } from "@/library/selecting";
import { ordersOf } from "@/library/trash";
import { useZip } from "@/library/zip";
import { Button, IconButton } from "@/parts/Button";
import { later } from "@/parts/later";
import { Menu } from "@/parts/Menu";
import { Meter } from "@/parts/Meter";
import { notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { withAllWords } from "@/words/language";
import { useWords } from "@/words/words";

import style from "./BulkBar.module.css";

const BulkDialog = later(async () => (await import("@/library/BulkDialog")).BulkDialog);
const BulkFieldDialog = later(async () => (await withAllWords(import("@/library/BulkFieldDialog"))).BulkFieldDialog);
const PurgeDialog = later(async () => (await import("@/library/PurgeDialog")).PurgeDialog);
const ShareDialog = later(async () => (await withAllWords(import("@/document/panels/sharing/ShareDialog"))).ShareDialog);
const SendDialog = later(async () => (await withAllWords(import("@/document/sending/SendDialog"))).SendDialog);
// As many as one link shares, one mail takes, and one order merges.
const MOST_TOGETHER = 100;
const SETTERS: readonly BulkSubject[] = ["correspondent", "document_type", "storage_path", "created_date", "title"];

interface BulkBarProps {
  readonly selecting: Selecting;
  /** How many the list has in all. */
  readonly total: number;
  readonly isTrash: boolean;
}

/** What can be done with the selected documents together. */
export function BulkBar({ selecting, total, isTrash }: BulkBarProps) {
  const say = useWords();
  const { run, progress: changing } = useBulk();
  const merging = useMerge();
  const progress = changing ?? merging.progress;
  const { selection, selectAll, clear } = selecting;
  const count = countOf(selection);
  if (count === 0 && !progress) return null;
  const isBusy = progress !== null;
  return (
    <div role="toolbar" aria-label={say("library.bulk")} className={style.bar}>
      <span className={style.count} role="status">
        {say("library.bulk.selected", { count })}
      </span>
      {selection.kind === "some" && count < total && (
        <Button look="quiet" onPress={selectAll}>
          {say(isTrash ? "library.bulk.all_trash" : "library.bulk.all", { count: total })}
        </Button>
      )}
      <span className={style.space} />
      {progress && (
        <span className={style.progress}>
          <Meter label={say("library.bulk.working")} done={progress.done} total={progress.total} />
        </span>
      )}
      {isTrash || selection.kind === "trash" ? (
        <TrashActions selecting={selecting} run={run} isBusy={isBusy} />
      ) : (
        <Actions selection={selection} clear={clear} run={run} merging={merging} isBusy={isBusy} />
      )}
      <IconButton icon={X} label={say("library.keys.clear")} onPress={clear} />
    </div>
  );
}

interface ActionsProps {
  readonly selection: Listed;
  readonly clear: () => void;
  readonly run: ReturnType<typeof useBulk>["run"];
  readonly merging: Merging;
  readonly isBusy: boolean;
}

function Actions({ selection, clear, run, merging: { merge }, isBusy }: ActionsProps) {
  const say = useWords();
  const [subject, setSubject] = useState<BulkSubject | "field" | "share" | "send" | null>(null);
  const zip = useZip();
  const chosen = chosenBy(selection);
  const ids = selection.kind === "some" ? [...selection.ids] : [];
  const close = () => setSubject(null);
  const change = (order: Order) => {
    close();
    void run({ chosen, ...order }, "library.bulk.changed");
  };
  return (
    <>
      <Button icon={Tags} isDisabled={isBusy} onPress={() => setSubject("tags")}>
        {say("library.bulk.tags")}
      </Button>
      <Menu label={say("library.bulk.set")} actions={[...SETTERS.map((id) => ({ id, text: say(`library.bulk.subject.${id}`), act: () => setSubject(id) })), { id: "field", text: say("library.bulk.field"), icon: ListPlus, act: () => setSubject("field") }]}>
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
          { id: "share", text: say("library.bulk.share"), icon: Link2, isDisabled: ids.length === 0 || ids.length > MOST_TOGETHER, act: () => setSubject("share") },
          { id: "send", text: say("library.bulk.send"), icon: Mail, isDisabled: ids.length === 0 || ids.length > MOST_TOGETHER, act: () => setSubject("send") },
          { id: "merge", text: say("library.bulk.merge"), icon: Merge, isDisabled: ids.length < 2 || ids.length > MOST_TOGETHER, act: () => void merge(ids).then((isDone) => isDone && clear()) },
          { id: "rules", text: say("library.bulk.rules"), icon: WandSparkles, act: () => void run({ chosen, action: BulkAction.APPLY_RULES }, "library.bulk.ruled") },
          { id: "again", text: say("library.bulk.reprocess"), icon: RotateCw, act: () => void run({ chosen, action: BulkAction.REPROCESS }, "library.bulk.reprocessed") },
        ]}
      >
        <IconButton icon={Ellipsis} label={say("app.more")} look="plain" isDisabled={isBusy} />
      </Menu>
      {subject && subject !== "field" && subject !== "share" && subject !== "send" && <BulkDialog subject={subject} count={countOf(selection)} onClose={close} onDo={change} />}
      {subject === "field" && <BulkFieldDialog count={countOf(selection)} onClose={close} onDo={change} />}
      {subject === "share" && <ShareDialog documentIds={ids} name="" isOpen onClose={close} />}
      {subject === "send" && <SendDialog documentIds={ids} title="" onClose={close} />}
    </>
  );
}

interface TrashActionsProps {
  readonly selecting: Selecting;
  readonly run: ReturnType<typeof useBulk>["run"];
  readonly isBusy: boolean;
}

function TrashActions({ selecting, run, isBusy }: TrashActionsProps) {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const { administer } = useMay();
  const [asks, setAsks] = useState(false);
  const { selection, clear } = selecting;
  const restore = async () => {
    for (const chosen of await ordersOf(transport, selection)) await run({ chosen, action: BulkAction.UNDELETE }, "library.bulk.restored");
    clear();
  };
  return (
    <>
      <Button icon={Undo2} isDisabled={isBusy} onPress={() => void restore().catch((error: unknown) => notifyWrong(explain(error)))}>
        {say("library.trash.restore")}
      </Button>
      {administer && (
        <Button look="danger" icon={Trash2} isDisabled={isBusy} onPress={() => setAsks(true)}>
          {say("library.trash.purge")}
        </Button>
      )}
      {asks && <PurgeDialog selection={selection} onClose={() => setAsks(false)} onDone={clear} />}
    </>
  );
}
