import { useMutation, useQuery } from "@connectrpc/connect-query";
import { type Grant, PermissionService } from "@sdk/scriba/v1/permissions_pb.js";

import { useMay } from "@/app/queries";
import { GrantList } from "@/document/panels/sharing/GrantList";
import { notify, notifyWrong } from "@/parts/notices";
import { Problem, useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./access.module.css";

interface DocumentGrantsProps {
  readonly labelId: string;
  /** Whether the label belongs to who looks at it. */
  readonly isOwn: boolean;
}

/** Whom a tag or a storage path gives the documents that bear it. */
export function DocumentGrants({ labelId, isOwn }: DocumentGrantsProps) {
  const say = useWords();
  const explain = useExplanation();
  const { administer } = useMay();
  const holder = { what: { case: "labelId" as const, value: labelId } };
  const found = useQuery(PermissionService.method.getGrants, { holder });
  const setting = useMutation(PermissionService.method.setGrants);
  const grants = found.data?.grants;
  const change = async (next: readonly Grant[], undo?: readonly Grant[]) => {
    try {
      await setting.mutateAsync({ holder, grants: [...next] });
      notify(say(undo ? "panels.sharing.saved" : "panels.sharing.undone"), undo && (() => void change(undo)));
      await found.refetch();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  if (found.error) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!grants) return null;
  return (
    <section className={style.part} aria-label={say("access.documents")}>
      <h3>{say("access.documents")}</h3>
      <p className={style.about}>{say("access.documents.about")}</p>
      <GrantList told={{ ownerId: "", grants }} mayGrant={administer || isOwn} onChange={(next) => void change(next, grants)} />
    </section>
  );
}
