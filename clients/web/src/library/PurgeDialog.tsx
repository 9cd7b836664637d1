import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { readAnew } from "@/library/readAnew";
import { countOf, type Selection } from "@/library/selection";
import { trashedIds } from "@/library/trash";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Meter } from "@/parts/Meter";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

interface PurgeDialogProps {
  readonly selection: Selection;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says what is lost for ever before it is. */
export function PurgeDialog({ selection, onClose, onDone }: PurgeDialogProps) {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const queries = useQueryClient();
  // Read as it opens: what is thrown away while it asks was not asked about.
  const [reading] = useState(async () => trashedIds(transport, selection).catch((error: unknown) => ({ error })));
  const [done, setDone] = useState<number | null>(null);
  const count = countOf(selection);
  const purge = async () => {
    const failures: unknown[] = [];
    let purged = 0;
    setDone(0);
    const ids = await reading;
    if ("error" in ids) throw ids.error;
    for (const id of ids) {
      try {
        await callUnaryMethod(transport, DocumentService.method.purgeDocument, { id });
        purged += 1;
        setDone(purged);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) notifyWrong(say("library.bulk.failed", { count: failures.length, reason: explain(failures[0]) }));
    notify(say("library.trash.purged", { count: purged }));
    onDone();
    onClose();
    await readAnew(queries);
  };
  return (
    <Dialog
      title={say("library.trash.purge.title", { count })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {say("parts.cancel")}
          </Button>
          <Button look="danger" isDisabled={done !== null} onPress={() => void purge().catch((error: unknown) => notifyWrong(explain(error)))}>
            {say("library.trash.purge")}
          </Button>
        </>
      }
    >
      <p>{say("library.trash.purge.text", { count })}</p>
      {done !== null && <Meter label={say("library.bulk.working")} done={done} total={count} />}
    </Dialog>
  );
}
