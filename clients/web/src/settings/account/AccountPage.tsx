import { useQuery } from "@connectrpc/connect-query";
import { AccountService, type GetAccountResponse } from "@sdk/scriba/v1/accounts_pb.js";
import { useQuery as useCached } from "@tanstack/react-query";
import { Link2 } from "lucide-react";

import { sessionQuery } from "@/app/queries";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { PasswordSection } from "@/settings/account/PasswordSection";
import { SecondFactorSection } from "@/settings/account/SecondFactorSection";
import { wordOfRole } from "@/settings/roles";
import { Section } from "@/settings/Section";
import { useWords } from "@/words/words";

import style from "../forms.module.css";

export function AccountPage() {
  const say = useWords();
  const { data: account, error, refetch } = useQuery(AccountService.method.getAccount, {});
  return (
    <Page title={say("settings.account")} width="text">
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!account && !error && <Loading />}
      {account && <Who account={account} />}
      {account?.user?.hasPassword && <PasswordSection name={account.name} />}
      {account?.user?.hasPassword && <SecondFactorSection isOn={account.user.hasSecondFactor} codesLeft={account.recoveryCodesLeft} />}
      {account?.user && <ProviderSection identities={account.user.identities.map(({ issuer }) => issuer)} />}
    </Page>
  );
}

function Who({ account: { name, role, user } }: { readonly account: GetAccountResponse }) {
  const say = useWords();
  const word = wordOfRole(role);
  return (
    <Section title={say("account.who")}>
      <dl className={style.facts}>
        <dt>{say("signing_in.name")}</dt>
        <dd>{name}</dd>
        <dt>{say("role")}</dt>
        <dd>{word && `${say(word)}: ${say(`${word}.about`)}`}</dd>
        {user?.email && (
          <>
            <dt>{say("people.email")}</dt>
            <dd>{user.email}</dd>
          </>
        )}
      </dl>
      <p className={style.faded}>{say(user ? "account.who.about" : "account.nobody")}</p>
    </Section>
  );
}

/** The provider of sign-ins, where there is one: its word can stand for the password. */
function ProviderSection({ identities }: { readonly identities: readonly string[] }) {
  const say = useWords();
  const oidc = useCached(sessionQuery).data?.oidc;
  if (!oidc && identities.length === 0) return null;
  return (
    <Section title={say("account.provider")} about={say("account.provider.about")}>
      <ul>
        {identities.map((issuer) => (
          <li key={issuer}>{issuer}</li>
        ))}
      </ul>
      {oidc && (
        <p className={style.row}>
          <Link2 size={18} aria-hidden />
          <a href={`${oidc.path}?link=1&next=%2Fsettings%2Faccount`}>{say("account.provider.link", { provider: oidc.name })}</a>
        </p>
      )}
    </Section>
  );
}
