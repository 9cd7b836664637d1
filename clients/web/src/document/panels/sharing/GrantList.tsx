import { useQuery } from "@connectrpc/connect-query";
import { AccessLevel, type Grant, PermissionService, type Permissions } from "@sdk/scriba/v1/permissions_pb.js";
import { X } from "lucide-react";

import { grantable, subjectKey, withGrant, withoutGrant } from "@/document/panels/sharing/granting";
import { SubjectBox, useSubjectName } from "@/document/panels/sharing/SubjectBox";
import { IconButton } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

type Owned = Pick<Permissions, "ownerId" | "ownerName">;
type Granted = Pick<Permissions, "ownerId" | "grants">;

interface OwnerProps {
  readonly told: Owned;
  readonly mayGrant: boolean;
  readonly onChange: (id: string) => void;
}

/** Whose it is; to be chosen by who may grant. */
export function OwnerChoice({ told, mayGrant, onChange }: OwnerProps) {
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
  readonly told: Granted;
  readonly mayGrant: boolean;
  readonly onChange: (grants: readonly Grant[]) => void;
}

type Level = "view" | "edit";

/** Whom it was given to, and what each may do. */
export function GrantList({ told, mayGrant, onChange }: GrantsProps) {
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
