import { useQuery } from "@connectrpc/connect-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Group, IdentityService } from "@sdk/scriba/v1/identity_pb.js";
import { Plus, Users } from "lucide-react";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { usePeopleMutation } from "@/settings/people/changes";
import { GroupForm } from "@/settings/people/GroupForm";
import { useWords } from "@/words/words";

import style from "./people.module.css";

const MOST_USERS = 1000;
/** In the address, where the id of a group would stand. */
const NEW = "new";

export function GroupsPage() {
  const say = useWords();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const navigate = useNavigate();
  const setOpen = (wanted: string | undefined) => void navigate({ to: ".", search: { open: wanted } });
  const [doomed, setDoomed] = useState<Group>();
  const { data, error, refetch } = useQuery(IdentityService.method.listGroups, {});
  const users = useQuery(IdentityService.method.listUsers, { pageSize: MOST_USERS }).data?.users ?? [];
  const opened = data?.groups.find(({ id }) => id === open);
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return (
    <Page
      title={say("settings.groups")}
      width="text"
      actions={
        <Button look="main" icon={Plus} onPress={() => setOpen(NEW)}>
          {say("groups.add")}
        </Button>
      }
    >
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.groups.length === 0 && (
        <Empty icon={Users} title={say("groups.none")}>
          <p>{say("groups.none.about")}</p>
        </Empty>
      )}
      <ul className={style.people}>
        {data?.groups.map((group) => (
          <li key={group.id} className={style.group}>
            <Users size={22} aria-hidden />
            <span className={style.who}>
              <strong>{group.name}</strong>
              <small>{group.userIds.map((id) => names.get(id) ?? "…").join(", ") || say("groups.empty")}</small>
            </span>
            <Button aria-label={say("groups.change.of", { name: group.name })} onPress={() => setOpen(group.id)}>
              {say("groups.change")}
            </Button>
            <Button look="danger" aria-label={say("groups.delete.of", { name: group.name })} onPress={() => setDoomed(group)}>
              {say("people.delete")}
            </Button>
          </li>
        ))}
      </ul>
      {(opened ?? open === NEW) && <GroupForm key={open} group={opened} users={users} onClose={() => setOpen(undefined)} />}
      {doomed && <DeleteGroup group={doomed} onClose={() => setDoomed(undefined)} />}
    </Page>
  );
}

function DeleteGroup({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const say = useWords();
  const deletion = usePeopleMutation(IdentityService.method.deleteGroup);
  const remove = () => {
    deletion.mutate({ id: group.id }, { onSuccess: () => notify(say("groups.deleted", { name: group.name })) });
    onClose();
  };
  return (
    <Dialog
      title={say("groups.delete.title", { name: group.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" autoFocus onPress={remove}>
            {say("people.delete")}
          </Button>
        </>
      }
    >
      <p>{say("groups.delete.lost")}</p>
    </Dialog>
  );
}
