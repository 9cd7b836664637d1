import { useQuery } from "@connectrpc/connect-query";
import { IdentityService, type User } from "@sdk/scriba/v1/identity_pb.js";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Choice } from "@/parts/Choice";
import { Dialog } from "@/parts/Dialog";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { usePeopleMutation, useUserUpdate } from "@/settings/people/changes";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "./people.module.css";

const NOBODY = "nobody";
const MOST_HEIRS = 1000;

/** Shutting somebody out for a while, or for good. */
export function Leaving({ user }: { readonly user: User }) {
  const say = useWords();
  const explain = useExplanation();
  const update = useUserUpdate();
  const [asks, setAsks] = useState<"disable" | "delete">();
  const { name } = user;
  const setDisabled = (disabled: boolean) => {
    setAsks(undefined);
    update(user, { disabled }, say(disabled ? "people.disable.done" : "people.enable.done", { name })).catch((error: unknown) => notifyWrong(explain(error)));
  };
  return (
    <Section title={say("people.leaving")}>
      <div className={style.spread}>
        <p>{say(user.disabled ? "people.disabled.about" : "people.disable.about")}</p>
        <Button look={user.disabled ? "plain" : "danger"} onPress={() => (user.disabled ? setDisabled(false) : setAsks("disable"))}>
          {say(user.disabled ? "people.enable" : "people.disable")}
        </Button>
      </div>
      <div className={style.spread}>
        <p>{say("people.delete.about")}</p>
        <Button look="danger" onPress={() => setAsks("delete")}>
          {say("people.delete")}
        </Button>
      </div>
      <Dialog
        title={say("people.disable.title", { name })}
        isOpen={asks === "disable"}
        onClose={() => setAsks(undefined)}
        actions={
          <>
            <Button onPress={() => setAsks(undefined)}>{say("parts.cancel")}</Button>
            <Button look="danger" autoFocus onPress={() => setDisabled(true)}>
              {say("people.disable")}
            </Button>
          </>
        }
      >
        <p>{say("people.disable.lost")}</p>
      </Dialog>
      {asks === "delete" && <DeleteDialog user={user} onClose={() => setAsks(undefined)} />}
    </Section>
  );
}

function DeleteDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const say = useWords();
  const navigate = useNavigate();
  const [heir, setHeir] = useState(NOBODY);
  const others = useQuery(IdentityService.method.listUsers, { pageSize: MOST_HEIRS }).data?.users.filter(({ id }) => id !== user.id) ?? [];
  const deletion = usePeopleMutation(IdentityService.method.deleteUser);
  const remove = () =>
    deletion.mutate(
      { id: user.id, heirId: heir === NOBODY ? "" : heir },
      {
        onSuccess: () => {
          notify(say("people.deleted", { name: user.name }));
          void navigate({ to: "/settings/$subject", params: { subject: "users" }, replace: true });
        },
      },
    );
  return (
    <Dialog
      title={say("people.delete.title", { name: user.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="danger" isPending={deletion.isPending} onPress={remove}>
            {say("people.delete")}
          </Button>
        </>
      }
    >
      <p>{say("people.delete.lost")}</p>
      <Choice
        label={say("people.heir")}
        value={heir}
        onChange={setHeir}
        options={[{ value: NOBODY, text: say("people.heir.nobody") }, ...others.map(({ id, name }) => ({ value: id, text: name }))]}
      />
    </Dialog>
  );
}
