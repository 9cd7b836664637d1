import { useQuery } from "@connectrpc/connect-query";
import { PermissionService, type Subject } from "@sdk/scriba/v1/permissions_pb.js";
import { ChevronDown, User, Users } from "lucide-react";
import { useState } from "react";
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";

import { subjectKey } from "@/document/panels/sharing/granting";
import fields from "@/parts/fields.module.css";
import { Closer, useTaking } from "@/parts/taking";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

interface SubjectBoxProps {
  readonly label: string;
  /** Which of all are offered. */
  readonly among: (subjects: readonly Subject[]) => readonly Subject[];
  readonly onTake: (subject: Subject) => void;
}

/** One of the users and groups, by a part of the name. */
export function SubjectBox({ label, among, onTake }: SubjectBoxProps) {
  const say = useWords();
  const nameOf = useSubjectName();
  const [typed, setTyped] = useState("");
  const { box, closing, taken } = useTaking(setTyped);
  const subjects = useQuery(PermissionService.method.listSubjects, {}).data?.subjects ?? [];
  const part = typed.trim().toLowerCase();
  const offered = among(subjects).filter((subject) => nameOf(subject).toLowerCase().includes(part));
  return (
    <ComboBox
      className={fields.field ?? ""}
      items={offered.map((subject) => ({ id: subjectKey(subject), subject }))}
      inputValue={typed}
      {...box}
      value={null}
      onChange={(key) => {
        const chosen = offered.find((subject) => subjectKey(subject) === key);
        if (chosen) {
          onTake(chosen);
          taken();
        }
        setTyped("");
      }}
      onBlur={() => setTyped("")}
      menuTrigger="focus"
      allowsEmptyCollection
      allowsCustomValue
    >
      <Label className={fields.label ?? ""}>{label}</Label>
      <div className={fields.group}>
        <Input className={fields.input ?? ""} placeholder={say("panels.sharing.find")} />
        <Button className={fields.opener ?? ""} aria-label={say("parts.options")}>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </div>
      <Closer {...closing} />
      <Popover className={fields.popover ?? ""}>
        <ListBox className={fields.list ?? ""} renderEmptyState={() => <p className={fields.option}>{say("panels.sharing.nobody_else")}</p>}>
          {({ id, subject }: { readonly id: string; readonly subject: Subject }) => (
            <ListBoxItem id={id} textValue={nameOf(subject)} className={fields.option ?? ""}>
              <span className={style.subject}>
                {subject.who.case === "userId" ? <User size={16} aria-hidden /> : <Users size={16} aria-hidden />}
                {nameOf(subject)}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

export function useSubjectName(): (subject: Subject | undefined) => string {
  const say = useWords();
  return (subject) => (subject?.who.case === "everyone" ? say("panels.sharing.everyone") : (subject?.name ?? ""));
}
