import { useQuery } from "@connectrpc/connect-query";
import { IdentityService, type User, UserKind } from "@sdk/scriba/v1/identity_pb.js";
import { Plus } from "lucide-react";
import { useState } from "react";

import { Button } from "@/parts/Button";
import { notify } from "@/parts/notices";
import { Problem } from "@/parts/states";
import { usePeopleMutation } from "@/settings/people/changes";
import { scopesOf } from "@/settings/roles";
import { Section } from "@/settings/Section";
import { NewToken } from "@/settings/tokens/NewToken";
import { TokenList } from "@/settings/tokens/TokenList";
import { useWords } from "@/words/words";

import style from "./people.module.css";

/** Sessions and access tokens of somebody; those of a service account are made here, since it cannot sign in. */
export function UserTokens({ user }: { readonly user: User }) {
  const say = useWords();
  const [isMaking, setIsMaking] = useState(false);
  const { data, error, refetch } = useQuery(IdentityService.method.listUserTokens, { userId: user.id });
  const revocation = usePeopleMutation(IdentityService.method.revokeUserToken);
  const creation = usePeopleMutation(IdentityService.method.createServiceToken);
  const newToken = user.kind === UserKind.SERVICE && (
    <Button icon={Plus} onPress={() => setIsMaking(true)}>
      {say("tokens.new")}
    </Button>
  );
  return (
    <Section title={say("settings.tokens")} actions={newToken}>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {data?.tokens.length === 0 && <p className={style.faded}>{say("people.tokens.none")}</p>}
      {data && (
        <TokenList
          tokens={data.tokens}
          onRevoke={({ id, name }) => revocation.mutate({ userId: user.id, id }, { onSuccess: () => notify(say("tokens.revoked", { name })) })}
        />
      )}
      {isMaking && (
        <NewToken
          scopes={scopesOf(user.role)}
          make={async (wish) => (await creation.mutateAsync({ userId: user.id, ...wish })).secret}
          onClose={() => setIsMaking(false)}
        />
      )}
    </Section>
  );
}
