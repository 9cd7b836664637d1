import { useMutation, useQuery } from "@connectrpc/connect-query";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { AccessLevel, type InheritedGrant, PermissionService, type UpdatePermissionsRequestSchema } from "@sdk/scriba/v1/permissions_pb.js";

import { useMay, useSignedIn } from "@/app/queries";
import { GrantList, OwnerChoice } from "@/document/panels/sharing/GrantList";
import { useSubjectName } from "@/document/panels/sharing/SubjectBox";
import { Switch } from "@/parts/Checks";
import { notify, notifyWrong } from "@/parts/notices";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

type Change = Omit<MessageInitShape<typeof UpdatePermissionsRequestSchema>, "documentIds" | "$typeName">;

interface AccessProps {
  readonly documentId: string;
  readonly isTrashed: boolean;
}

/** The owner, whom the document was given to, and what comes by its tags, path and owner. */
export function Access({ documentId, isTrashed }: AccessProps) {
  const say = useWords();
  const may = useMay();
  const me = useSignedIn();
  const explain = useExplanation();
  const permissions = useQuery(PermissionService.method.getPermissions, { documentIds: [documentId] });
  const updating = useMutation(PermissionService.method.updatePermissions);
  const told = permissions.data?.permissions[0];
  const update = async (change: Change, undo?: Change) => {
    try {
      await updating.mutateAsync({ documentIds: [documentId], ...change });
      notify(say(undo ? "panels.sharing.saved" : "panels.sharing.undone"), undo && (() => void update(undo)));
      await permissions.refetch();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  if (permissions.error) return <Problem error={permissions.error} onRetry={() => void permissions.refetch()} />;
  if (!told) return <Loading />;
  const owns = told.ownerId === "" ? told.level === AccessLevel.EDIT : told.ownerId === me.id;
  const mayGrant = may.edit && !isTrashed && (owns || may.administer);
  return (
    <section className={style.part} aria-label={say("panels.sharing.access")}>
      <h2>{say("panels.sharing.access")}</h2>
      {told.ownerId === "" && told.grants.length === 0 && <p className={style.about}>{say("panels.sharing.open")}</p>}
      <OwnerChoice told={told} mayGrant={mayGrant} onChange={(ownerId) => void update({ ownerId }, { ownerId: told.ownerId })} />
      <GrantList told={told} mayGrant={mayGrant} onChange={(grants) => void update({ grants: { grants: [...grants] } }, { grants: { grants: [...told.grants] } })} />
      {(told.inherited.length > 0 || told.private) && <Inherited inherited={told.inherited} />}
      {mayGrant && (
        <Switch isSelected={told.private} onChange={(isPrivate) => void update({ private: isPrivate }, { private: told.private })}>
          {say("panels.sharing.private")}
        </Switch>
      )}
    </section>
  );
}

function Inherited({ inherited }: { readonly inherited: readonly InheritedGrant[] }) {
  const say = useWords();
  const nameOf = useSubjectName();
  if (inherited.length === 0) return null;
  return (
    <ul className={style.grants} aria-label={say("panels.sharing.inherited")}>
      {inherited.map(({ grant, from, name }, place) => (
        <li key={place} className={style.grant}>
          <span>{nameOf(grant?.subject)}</span>
          <span className={style.about}>
            {say(grant?.level === AccessLevel.EDIT ? "panels.sharing.edit" : "panels.sharing.view")} ·{" "}
            {from.case === "ownerId" ? say("panels.sharing.from_owner", { name }) : from.case === "labelId" ? say("panels.sharing.from_label", { name }) : say("panels.sharing.from_hidden")}
          </span>
        </li>
      ))}
    </ul>
  );
}
