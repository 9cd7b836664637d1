import { useMutation, useQuery } from "@connectrpc/connect-query";
import { AccountService } from "@sdk/scriba/v1/accounts_pb.js";
import { type Token, TokenKind } from "@sdk/scriba/v1/identity_pb.js";
import { Plus } from "lucide-react";
import { useState } from "react";

import { useSignedIn } from "@/app/queries";
import { Button } from "@/parts/Button";
import { notify, notifyWrong } from "@/parts/notices";
import { Page } from "@/parts/Page";
import { Loading, Problem, useExplanation } from "@/parts/states";
import { useAccountChange } from "@/settings/account/changes";
import { scopesOf } from "@/settings/roles";
import { Section } from "@/settings/Section";
import { NewToken } from "@/settings/tokens/NewToken";
import { TokenList } from "@/settings/tokens/TokenList";
import { useWords } from "@/words/words";

import style from "../forms.module.css";

export function TokensPage() {
  const say = useWords();
  const { role } = useSignedIn();
  const tellChange = useAccountChange();
  const revoke = useRevocation();
  const [isMaking, setIsMaking] = useState(false);
  const creation = useMutation(AccountService.method.createToken, { onSuccess: tellChange });
  const { data, error, refetch } = useQuery(AccountService.method.listTokens, {});
  const access = data?.tokens.filter(({ kind }) => kind === TokenKind.ACCESS) ?? [];
  return (
    <Page title={say("settings.tokens")} width="text">
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <Section title={say("tokens.sessions")} about={say("tokens.sessions.about")}>
            <TokenList tokens={data.tokens.filter(({ kind }) => kind === TokenKind.SESSION)} onRevoke={revoke} />
          </Section>
          <Section
            title={say("tokens.access")}
            about={say("tokens.access.about")}
            actions={<Button icon={Plus} onPress={() => setIsMaking(true)}>{say("tokens.new")}</Button>}
          >
            {access.length === 0 ? <p className={style.faded}>{say("tokens.access.none")}</p> : <TokenList tokens={access} onRevoke={revoke} />}
          </Section>
        </>
      )}
      {isMaking && (
        <NewToken scopes={scopesOf(role)} make={async (wish) => (await creation.mutateAsync(wish)).secret} onClose={() => setIsMaking(false)} />
      )}
    </Page>
  );
}

function useRevocation(): (token: Token) => void {
  const say = useWords();
  const explain = useExplanation();
  const tellChange = useAccountChange();
  const revocation = useMutation(AccountService.method.revokeToken);
  return ({ id, name, kind }) =>
    revocation.mutate(
      { id },
      {
        onSuccess: () => {
          notify(say(kind === TokenKind.ACCESS ? "tokens.revoked" : "tokens.ended", { name }));
          void tellChange();
        },
        onError: (error) => notifyWrong(explain(error)),
      },
    );
}
