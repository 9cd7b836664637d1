import { useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { LogIn } from "lucide-react";
import { useEffect } from "react";

import { sessionQuery, useSessionChange } from "@/app/queries";
import { Button } from "@/parts/Button";
import { Loading, Problem } from "@/parts/states";
import { Doorstep } from "@/signing-in/Doorstep";
import { ownPath, SIGNED_OUT } from "@/signing-in/next";
import { SignInForm } from "@/signing-in/SignInForm";
import type { SessionState } from "@/transport/session";
import { useWords } from "@/words/words";

import style from "./forms.module.css";

export function SignInPage() {
  const say = useWords();
  const next = ownPath(useSearch({ from: "/sign-in" }).next);
  const { data: session, error, refetch } = useQuery(sessionQuery);
  useGoingOn(session, next);
  return (
    <Doorstep title={say("signing_in.title")} about={say("signing_in.about")}>
      {session && !session.user && <Ways session={session} next={next} />}
      {error && !session && <Problem error={error} onRetry={() => void refetch()} />}
      {!error && !session && <Loading />}
    </Doorstep>
  );
}

/** Who is let in goes to where he wanted to. */
function useGoingOn(session: SessionState | undefined, next: string): void {
  const { history } = useRouter();
  const isIn = session?.user !== undefined && session.user !== null;
  const leaves = session?.user === null && session.oidc?.redirect === true && globalThis.location.hash !== SIGNED_OUT;
  const provider = session?.oidc?.path ?? "";
  useEffect(() => {
    if (isIn) history.replace(next);
    else if (leaves) globalThis.location.replace(addressOf(provider, next));
  }, [isIn, leaves, provider, next, history]);
}

function Ways({ session, next }: { readonly session: SessionState; readonly next: string }) {
  const say = useWords();
  const changeSession = useSessionChange();
  const { password, oidc, remoteUser, firstRun } = session;
  return (
    <div className={style.ways}>
      {globalThis.location.hash === SIGNED_OUT && <p className={style.told} role="status">{say("signing_in.signed_out")}</p>}
      {password && <SignInForm onSignedIn={changeSession} />}
      {password && oidc && <p className={style.or}>{say("signing_in.or")}</p>}
      {oidc && (
        <a className={style.provider} href={addressOf(oidc.path, next)}>
          <LogIn size={18} aria-hidden />
          {say("signing_in.provider", { provider: oidc.name })}
        </a>
      )}
      {!password && !oidc && <p>{say(remoteUser ? "signing_in.proxy" : "signing_in.no_way")}</p>}
      {!password && !oidc && <Button onPress={() => void changeSession()}>{say("parts.retry")}</Button>}
      {(password || firstRun) && (
        <p className={style.aside}>
          {say(firstRun ? "signing_in.first_run" : "signing_in.invited")} <Link to="/invitation">{say("signing_in.to_invitation")}</Link>
        </p>
      )}
    </div>
  );
}

function addressOf(provider: string, next: string): string {
  return `${provider}?${new URLSearchParams({ next }).toString()}`;
}
