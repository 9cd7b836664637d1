import { useQuery } from "@connectrpc/connect-query";
import { IdentityService, type User, UserKind } from "@sdk/scriba/v1/identity_pb.js";
import { Link } from "@tanstack/react-router";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { type UserFacts, useUserUpdate } from "@/settings/people/changes";
import { Leaving } from "@/settings/people/Leaving";
import { Proofs } from "@/settings/people/Proofs";
import { RoleRadios } from "@/settings/people/RoleRadios";
import { UserTokens } from "@/settings/people/UserTokens";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "./people.module.css";

/** All that an administrator sees and changes of one user. */
export function UserPage({ id }: { readonly id: string }) {
  const say = useWords();
  const { data, error, refetch } = useQuery(IdentityService.method.getUser, { id });
  const user = data?.user;
  return (
    <Page title={user?.name ?? say("settings.users")} width="text">
      <Link to="/settings/$subject" params={{ subject: "users" }}>
        {say("people.all")}
      </Link>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!user && !error && <Loading />}
      {user && (
        <>
          <Facts key={user.etag} user={user} />
          {user.kind === UserKind.PERSON && <Proofs user={user} />}
          <UserTokens user={user} />
          <Leaving user={user} />
        </>
      )}
    </Page>
  );
}

function Facts({ user }: { readonly user: User }) {
  const say = useWords();
  const explain = useExplanation();
  const update = useUserUpdate();
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email);
  const [role, setRole] = useState(user.role);
  const [error, setError] = useState<unknown>();
  const facts: UserFacts = {
    ...(name.trim() !== user.name && { name: name.trim() }),
    ...(email.trim() !== user.email && { email: email.trim() }),
    ...(role !== user.role && { role }),
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      await update(user, facts, say("people.changed", { name: user.name }));
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <Section title={say("people.facts")}>
      <form className={style.form} onSubmit={(event) => void save(event)}>
        <div className={style.narrow}>
          <TextField label={say("signing_in.name")} autoComplete="off" isVerbatim maxLength={64} isRequired value={name} onChange={setName} />
        </div>
        <div className={style.narrow}>
          <TextField label={say("people.email")} type="email" autoComplete="off" value={email} onChange={setEmail} />
        </div>
        <RoleRadios value={role} onChange={setRole} />
        {error !== undefined && <p className={style.wrong} role="alert">{explain(error)}</p>}
        <div className={style.row}>
          <Button type="submit" isDisabled={Object.keys(facts).length === 0}>
            {say("parts.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
