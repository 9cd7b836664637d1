import { IdentityService, type User } from "@sdk/scriba/v1/identity_pb.js";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { usePeopleMutation } from "@/settings/people/changes";
import { Invitation } from "@/settings/people/NewUser";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "./people.module.css";

/** How somebody proves who he is: the password, the second proof, and a provider's word. */
export function Proofs({ user }: { readonly user: User }) {
  const say = useWords();
  const { name } = user;
  const [removes, setRemoves] = useState<"second" | number>();
  const invitation = usePeopleMutation(IdentityService.method.inviteUser);
  const secondRemoval = usePeopleMutation(IdentityService.method.removeUserSecondFactor);
  const identityRemoval = usePeopleMutation(IdentityService.method.removeUserIdentity);
  const remove = () => {
    const identity = typeof removes === "number" ? user.identities[removes] : undefined;
    if (removes === "second") secondRemoval.mutate({ id: user.id }, { onSuccess: () => notify(say("people.second.removed", { name })) });
    if (identity) identityRemoval.mutate({ userId: user.id, identity }, { onSuccess: () => notify(say("people.identity.removed", { name })) });
    setRemoves(undefined);
  };
  return (
    <Section title={say("people.proofs")}>
      <div className={style.spread}>
        <p>{say(user.hasPassword ? "people.password" : "people.no_password")}</p>
        <Button isPending={invitation.isPending} onPress={() => invitation.mutate({ id: user.id })}>
          {say(user.hasPassword ? "people.reset" : "people.invite")}
        </Button>
      </div>
      {invitation.data && <Invitation name={name} code={invitation.data.code} />}
      {user.hasSecondFactor && (
        <div className={style.spread}>
          <p>{say("people.second.on")}</p>
          <Button look="danger" onPress={() => setRemoves("second")}>
            {say("account.second.remove")}
          </Button>
        </div>
      )}
      {user.identities.map(({ issuer, subject }, place) => (
        <div key={`${issuer} ${subject}`} className={style.spread}>
          <p>{say("people.identity", { issuer })}</p>
          <Button look="danger" onPress={() => setRemoves(place)}>
            {say("people.identity.remove")}
          </Button>
        </div>
      ))}
      <Dialog
        title={say(removes === "second" ? "account.second.remove" : "people.identity.remove")}
        isOpen={removes !== undefined}
        onClose={() => setRemoves(undefined)}
        actions={
          <>
            <Button onPress={() => setRemoves(undefined)}>{say("parts.cancel")}</Button>
            <Button look="danger" autoFocus onPress={remove}>
              {say("people.remove")}
            </Button>
          </>
        }
      >
        <p>{say(removes === "second" ? "people.second.remove.about" : "people.identity.remove.about", { name })}</p>
      </Dialog>
    </Section>
  );
}
