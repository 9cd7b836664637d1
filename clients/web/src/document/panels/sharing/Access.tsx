import { useMutation, useQuery } from "@connectrpc/connect-query";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { AccessLevel, type InheritedGrant, PermissionService, type Permissions, type UpdatePermissionsRequestSchema } from "@sdk/scriba/v1/permissions_pb.js";
import { X } from "lucide-react";

import { useMay, useSignedIn } from "@/app/queries";
import { grantable, subjectKey, withGrant, withoutGrant } from "@/document/panels/sharing/granting";
import { SubjectBox, useSubjectName } from "@/document/panels/sharing/SubjectBox";
import { IconButton } from "@/parts/Button";
import { Switch } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
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
      <Owner told={told} mayGrant={mayGrant} onChange={(ownerId) => void update({ ownerId }, { ownerId: told.ownerId })} />
      <Grants told={told} mayGrant={mayGrant} onChange={(grants) => void update({ grants: { grants: [...grants] } }, { grants: { grants: [...told.grants] } })} />
      {(told.inherited.length > 0 || told.private) && <Inherited inherited={told.inherited} />}
      {mayGrant && (
        <Switch isSelected={told.private} onChange={(isPrivate) => void update({ private: isPrivate }, { private: told.private })}>
          {say("panels.sharing.private")}
        </Switch>
      )}
    </section>
  );
}

interface OwnerProps {
  readonly told: Permissions;
  readonly mayGrant: boolean;
  readonly onChange: (id: string) => void;
}

function Owner({ told, mayGrant, onChange }: OwnerProps) {
  const say = useWords();
  const subjects = useQuery(PermissionService.method.listSubjects, {}, { enabled: mayGrant }).data?.subjects ?? [];
  const users = subjects.flatMap(({ who, name }) => (who.case === "userId" ? [{ value: who.value, text: name }] : []));
  const present = users.some(({ value }) => value === told.ownerId) || told.ownerId === "" ? [] : [{ value: told.ownerId, text: told.ownerName }];
  if (!mayGrant) {
    return (
      <p>
        {say("panels.sharing.owner")}: <strong>{told.ownerName || say("panels.sharing.no_owner")}</strong>
      </p>
    );
  }
  return <Choice label={say("panels.sharing.owner")} value={told.ownerId} onChange={onChange} options={[{ value: "", text: say("panels.sharing.no_owner") }, ...present, ...users]} />;
}

interface GrantsProps {
  readonly told: Permissions;
  readonly mayGrant: boolean;
  readonly onChange: (grants: Permissions["grants"]) => void;
}

type Level = "view" | "edit";

function Grants({ told, mayGrant, onChange }: GrantsProps) {
  const say = useWords();
  const nameOf = useSubjectName();
  const levelOf = (level: AccessLevel): Level => (level === AccessLevel.EDIT ? "edit" : "view");
  return (
    <>
      {mayGrant && (
        <SubjectBox label={say("panels.sharing.give")} among={(subjects) => grantable(subjects, told.grants, told.ownerId)} onTake={(subject) => onChange(withGrant(told.grants, subject, AccessLevel.VIEW))} />
      )}
      <ul className={style.grants} aria-label={say("panels.sharing.grants")}>
        {told.grants.map(({ subject, level }) => {
          if (!subject) return null;
          const name = nameOf(subject);
          return (
            <li key={subjectKey(subject)} className={style.grant}>
              <span>{name}</span>
              {mayGrant ? (
                <>
                  <Choice<Level>
                    hideLabel
                    label={say("panels.sharing.level", { name })}
                    value={levelOf(level)}
                    onChange={(chosen) => onChange(withGrant(told.grants, subject, chosen === "edit" ? AccessLevel.EDIT : AccessLevel.VIEW))}
                    options={[
                      { value: "view", text: say("panels.sharing.view") },
                      { value: "edit", text: say("panels.sharing.edit") },
                    ]}
                  />
                  <IconButton icon={X} label={say("parts.remove", { what: name })} onPress={() => onChange(withoutGrant(told.grants, subject))} />
                </>
              ) : (
                <span className={style.about}>{say(`panels.sharing.${levelOf(level)}`)}</span>
              )}
            </li>
          );
        })}
      </ul>
    </>
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
