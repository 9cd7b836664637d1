import { useTransport, callUnaryMethod } from "@connectrpc/connect-query";
import { Role } from "@sdk/scriba/v1/access_pb.js";
import { IdentityService, UserKind } from "@sdk/scriba/v1/identity_pb.js";
import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Radios } from "@/parts/Radios";
import { ShownOnce } from "@/parts/ShownOnce";
import { TextField } from "@/parts/TextField";
import { usePeopleChange } from "@/settings/people/changes";
import { RoleRadios } from "@/settings/people/RoleRadios";
import { invitationAddress } from "@/signing-in/code";
import { reasonOf, useDoorWords } from "@/signing-in/reasons";
import { useWords } from "@/words/words";

import style from "./people.module.css";

/** Asks who is to come; a person gets an invitation, shown this once. */
export function NewUser({ onClose }: { readonly onClose: () => void }) {
  const say = useWords();
  const explain = useDoorWords();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>(Role.EDITOR);
  const [kind, setKind] = useState<"person" | "service">("person");
  const addition = useAddition();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const userKind = kind === "person" ? UserKind.PERSON : UserKind.SERVICE;
    if (!addition.isPending) addition.mutate({ name: name.trim(), email: email.trim(), role, kind: userKind });
  };
  if (addition.data !== undefined) {
    return (
      <Dialog title={say("people.added", { name })} isOpen onClose={onClose} actions={<Button look="main" onPress={onClose}>{say("tokens.done")}</Button>}>
        {addition.data === "" ? <p>{say("people.service.added")}</p> : <Invitation name={name} code={addition.data} />}
      </Dialog>
    );
  }
  const isNameTaken = reasonOf(addition.error) === "NAME_TAKEN";
  return (
    <Dialog title={say("people.add")} isOpen onClose={onClose}>
      <form className={style.form} onSubmit={submit}>
        <TextField
          label={say("signing_in.name")}
          autoComplete="off"
          isVerbatim
          maxLength={64}
          autoFocus
          isRequired
          value={name}
          onChange={setName}
          error={isNameTaken ? explain(addition.error) : undefined}
        />
        <TextField label={say("people.email.optional")} type="email" autoComplete="off" value={email} onChange={setEmail} />
        <RoleRadios value={role} onChange={setRole} />
        <Radios
          label={say("people.kind")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "person", text: say("people.kind.person"), about: say("people.kind.person.about") },
            { value: "service", text: say("people.kind.service"), about: say("people.kind.service.about") },
          ]}
        />
        {addition.error && !isNameTaken && <p className={style.wrong} role="alert">{explain(addition.error)}</p>}
        <Button type="submit" look="main" isPending={addition.isPending}>
          {say("people.add")}
        </Button>
      </form>
    </Dialog>
  );
}

/** The address that lets a new user in; whoever has it chooses the password. */
export function Invitation({ name, code }: { readonly name: string; readonly code: string }) {
  const say = useWords();
  return (
    <>
      <ShownOnce label={say("people.invitation", { name })} text={invitationAddress(globalThis.location.origin, code)} />
      <p>{say("people.invitation.about")}</p>
    </>
  );
}

interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly kind: UserKind;
}

/** Adds somebody, and gives the code of the invitation; "" for a service account, which needs none. */
function useAddition() {
  const transport = useTransport();
  const tellChange = usePeopleChange();
  return useMutation({
    mutationFn: async (user: Newcomer) => {
      const { user: added } = await callUnaryMethod(transport, IdentityService.method.createUser, { user });
      await tellChange();
      if (!added || added.kind === UserKind.SERVICE) return "";
      return (await callUnaryMethod(transport, IdentityService.method.inviteUser, { id: added.id })).code;
    },
  });
}
