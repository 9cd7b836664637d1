import type { MessageInitShape } from "@bufbuild/protobuf";
import { useMutation, useQuery } from "@connectrpc/connect-query";
import { AccessLevel, type Grant, type Item, type ItemPermissions, PermissionService, type UpdateItemPermissionsRequestSchema } from "@sdk/scriba/v1/permissions_pb.js";

import { useMay, useSignedIn } from "@/app/queries";
import { GrantList, OwnerChoice } from "@/document/panels/sharing/GrantList";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { DocumentGrants } from "@/settings/access/DocumentGrants";
import { useWords } from "@/words/words";

import style from "./access.module.css";

type Change = Omit<MessageInitShape<typeof UpdateItemPermissionsRequestSchema>, "items" | "$typeName">;

interface AccessDialogProps {
  /** A label or a saved view. */
  readonly item: Exclude<Item["what"], { case: undefined }>;
  readonly name: string;
  /** Those who may see documents because they bear it: tags and storage paths give them on. */
  readonly givesDocuments?: boolean;
  readonly onClose: () => void;
}

/** Who may see and change a label or a saved view; each change holds at once. */
export function AccessDialog({ item, name, givesDocuments = false, onClose }: AccessDialogProps) {
  const say = useWords();
  return (
    <Dialog title={say("access.of", { name })} isOpen onClose={onClose} actions={<Button onPress={onClose}>{say("parts.close")}</Button>}>
      <ItemAccess item={item} givesDocuments={givesDocuments} />
    </Dialog>
  );
}

function ItemAccess({ item, givesDocuments }: Pick<AccessDialogProps, "item"> & { readonly givesDocuments: boolean }) {
  const say = useWords();
  const explain = useExplanation();
  const mayGrant = useMayGrant();
  const items = [{ what: item }];
  const permissions = useQuery(PermissionService.method.getItemPermissions, { items });
  const updating = useMutation(PermissionService.method.updateItemPermissions);
  const told = permissions.data?.permissions[0];
  const update = async (change: Change, undo?: Change) => {
    try {
      await updating.mutateAsync({ items, ...change });
      notify(say(undo ? "panels.sharing.saved" : "panels.sharing.undone"), undo && (() => void update(undo)));
      await permissions.refetch();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  if (permissions.error) return <Problem error={permissions.error} onRetry={() => void permissions.refetch()} />;
  if (!told) return <Loading />;
  const mayGive = mayGrant(told);
  return (
    <>
      <section className={style.part} aria-label={say("access.item")}>
        <p className={style.about}>{say(told.ownerId === "" ? "access.open" : "access.owned")}</p>
        <OwnerChoice told={told} mayGrant={mayGive} onChange={(ownerId) => void update({ ownerId }, { ownerId: told.ownerId })} />
        <GrantList told={told} mayGrant={mayGive} onChange={(grants) => void update(granting(grants), granting(told.grants))} />
      </section>
      {givesDocuments && item.case === "labelId" && <DocumentGrants labelId={item.value} isOwn={mayGive && told.ownerId !== ""} />}
    </>
  );
}

function granting(grants: readonly Grant[]): Change {
  return { grants: { grants: [...grants] } };
}

/** Gives who may let others in: the owner, who may edit what nobody owns, and administrators. */
function useMayGrant(): (told: ItemPermissions) => boolean {
  const may = useMay();
  const me = useSignedIn();
  return ({ ownerId, level }) => may.administer || (may.edit && (ownerId === "" ? level === AccessLevel.EDIT : ownerId === me.id));
}
