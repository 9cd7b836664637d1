import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { create } from "@bufbuild/protobuf";
import { FieldMaskSchema } from "@bufbuild/protobuf/wkt";
import { type Group, IdentityService, type User } from "@sdk/scriba/v1/identity_pb.js";
import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { CheckboxGroup, Label } from "react-aria-components";

import { Button } from "@/parts/Button";
import { Checkbox } from "@/parts/Checks";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { TextField } from "@/parts/TextField";
import { usePeopleChange } from "@/settings/people/changes";
import { useDoorWords } from "@/signing-in/reasons";
import { useWords } from "@/words/words";

import style from "./people.module.css";

interface GroupFormProps {
  /** Nothing for a new one. */
  readonly group: Group | undefined;
  readonly users: readonly User[];
  readonly onClose: () => void;
}

export function GroupForm({ group, users, onClose }: GroupFormProps) {
  const say = useWords();
  const explain = useDoorWords();
  const [name, setName] = useState(group?.name ?? "");
  const [members, setMembers] = useState<string[]>(group?.userIds ?? []);
  const saving = useSaving(group);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate({ name: name.trim(), userIds: members }, { onSuccess: onClose });
  };
  return (
    <Dialog title={group ? group.name : say("groups.add")} isOpen onClose={onClose}>
      <form className={style.form} onSubmit={submit}>
        <TextField
          label={say("groups.name")}
          autoComplete="off"
          maxLength={64}
          autoFocus
          isRequired
          value={name}
          onChange={setName}
          error={saving.error ? explain(saving.error) : undefined}
        />
        <CheckboxGroup className={style.members ?? ""} value={members} onChange={setMembers}>
          <Label>{say("groups.members")}</Label>
          {users.map((user) => (
            <Checkbox key={user.id} value={user.id}>
              {user.name}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <Button type="submit" look="main" isPending={saving.isPending}>
          {say("parts.save")}
        </Button>
      </form>
    </Dialog>
  );
}

interface GroupFacts {
  readonly name: string;
  readonly userIds: string[];
}

/** Makes a group, or changes one with a way back. */
function useSaving(group: Group | undefined) {
  const say = useWords();
  const transport = useTransport();
  const tellChange = usePeopleChange();
  const change = async (id: string, facts: GroupFacts) => {
    const updateMask = create(FieldMaskSchema, { paths: ["name", "user_ids"] });
    await callUnaryMethod(transport, IdentityService.method.updateGroup, { group: { id, ...facts }, updateMask });
    await tellChange();
  };
  return useMutation({
    mutationFn: async (facts: GroupFacts) => {
      if (group) {
        await change(group.id, facts);
        notify(say("groups.changed", { name: facts.name }), () => void change(group.id, { name: group.name, userIds: group.userIds }));
        return;
      }
      await callUnaryMethod(transport, IdentityService.method.createGroup, { group: facts });
      await tellChange();
      notify(say("groups.added", { name: facts.name }));
    },
  });
}
