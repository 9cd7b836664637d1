import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { type Assignment, AssignmentService } from "@sdk/scriba/v1/assignments_pb.js";
import { AuditService } from "@sdk/scriba/v1/audit_pb.js";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";

import { useMay } from "@/app/queries";
import { useRefreshed } from "@/document/panels/refreshing";
import { deedsOf, mayUndo } from "@/document/panels/history/deeds";
import { DeedEntry } from "@/document/panels/history/DeedEntry";
import { Button } from "@/parts/Button";
import { notify, notifyWrong } from "@/parts/notices";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./history.module.css";

const PAGE = 50;

/** Who changed what of a document, from what to what, and what machines gave it and why. */
export function HistoryPanel({ document }: { readonly document: Document }) {
  const say = useWords();
  const may = useMay();
  const explain = useExplanation();
  const refresh = useRefreshed(document.id);
  const history = useInfiniteQuery(
    AuditService.method.listDocumentHistory,
    { documentId: document.id, pageSize: PAGE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined },
  );
  const given = useQuery(AssignmentService.method.listAssignments, { documentId: document.id });
  const undoing = useMutation(AssignmentService.method.undoAssignment);
  const undo = async (assignment: Assignment) => {
    try {
      await undoing.mutateAsync({ documentId: document.id, id: assignment.id });
      notify(say("panels.why.undone_now", { value: assignment.value || assignment.before }));
      await refresh();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  const error = history.error ?? given.error;
  if (error) return <Problem error={error} onRetry={() => void Promise.all([history.refetch(), given.refetch()])} />;
  if (!history.data || !given.data) return <Loading />;
  const { assignments } = given.data;
  const deeds = deedsOf(history.data.pages.flatMap(({ entries }) => entries), assignments, !history.hasNextPage);
  const mayEdit = may.edit && !document.deleteTime;
  return (
    <div className={style.history}>
      <ol className={style.list} aria-label={say("panels.history")}>
        {deeds.map((deed) => (
          <DeedEntry key={deed.id} deed={deed} mayUndo={(assignment) => mayEdit && mayUndo(assignment, assignments)} onUndo={(assignment) => void undo(assignment)} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button isDisabled={history.isFetchingNextPage} onPress={() => void history.fetchNextPage()}>
          {say("parts.more")}
        </Button>
      )}
    </div>
  );
}
