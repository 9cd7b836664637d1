import { useQuery } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { BulkAction } from "@sdk/scriba/v1/bulk_edits_pb.js";
import { getRouteApi } from "@tanstack/react-router";
import { Trash2, Undo2 } from "lucide-react";
import { useState } from "react";

import { useMay } from "@/app/queries";
import { useBulk } from "@/library/bulk";
import { EmptyTrash, NoHit } from "@/library/empty";
import { Library } from "@/library/Library";
import { PurgeDialog } from "@/library/PurgeDialog";
import { allTrashed } from "@/library/selection";
import { Button } from "@/parts/Button";
import { useWords } from "@/words/words";

const route = getRouteApi("/inside/trash");

/** What was deleted and can still be taken back. */
export function TrashPage() {
  const say = useWords();
  const navigate = route.useNavigate();
  return (
    <Library
      title={say("app.trash")}
      isTrash
      state={route.useSearch()}
      onChange={(search, isStep) => void navigate({ search, replace: !isStep })}
      actions={<WholeTrash />}
      empty={<EmptyTrash />}
      noHit={<NoHit />}
    />
  );
}

function WholeTrash() {
  const say = useWords();
  const { edit, administer } = useMay();
  const { run, progress } = useBulk();
  const [asks, setAsks] = useState(false);
  const count = Number(useQuery(DocumentService.method.listDocuments, { showDeleted: true, pageSize: 1 }).data?.totalSize ?? 0n);
  if (count === 0) return null;
  return (
    <>
      {edit && (
        <Button icon={Undo2} isDisabled={progress !== null} onPress={() => void run({ chosen: { case: "wholeTrash", value: true }, action: BulkAction.UNDELETE }, "library.bulk.restored")}>
          {say("library.trash.restore_all")}
        </Button>
      )}
      {administer && (
        <Button look="danger" icon={Trash2} onPress={() => setAsks(true)}>
          {say("library.trash.empty")}
        </Button>
      )}
      {asks && <PurgeDialog selection={allTrashed(count)} onClose={() => setAsks(false)} onDone={() => undefined} />}
    </>
  );
}
