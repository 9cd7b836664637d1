import { useMutation, useQuery } from "@connectrpc/connect-query";
import { AccountService } from "@sdk/scriba/v1/accounts_pb.js";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { PasswordField } from "@/parts/PasswordField";
import { Loading, Problem } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { inFours, QrCode } from "@/parts/QrCode";
import { useDoorWords } from "@/signing-in/reasons";
import { useWords } from "@/words/words";

import style from "./SecondFactorSetUp.module.css";

interface SecondFactorSetUpProps {
  readonly onSetUp: (recoveryCodes: readonly string[]) => void;
  readonly onCancel: () => void;
}

export function SecondFactorSetUp({ onSetUp, onCancel }: SecondFactorSetUpProps) {
  const say = useWords();
  const explain = useDoorWords("account.refused");
  // One proposal for as long as this is open: what the app has scanned must be what is confirmed.
  const proposal = useQuery(AccountService.method.proposeSecondFactor, {}, { staleTime: Infinity, gcTime: 0, refetchOnReconnect: false });
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const confirmation = useMutation(AccountService.method.confirmSecondFactor, { onSuccess: ({ recoveryCodes }) => onSetUp(recoveryCodes) });
  if (proposal.error) return <Problem error={proposal.error} onRetry={() => void proposal.refetch()} />;
  if (!proposal.data) return <Loading />;
  const { secret, uri } = proposal.data;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!confirmation.isPending) confirmation.mutate({ password, secret, oneTimeCode: code.replaceAll(" ", "") });
  };
  return (
    <form className={style.steps} onSubmit={submit}>
      <ol className={style.list}>
        <li>
          <p>{say("account.second.scan")}</p>
          <div className={style.proposal}>
            <QrCode text={uri} label={say("account.second.qr")} />
            <p>
              {say("account.second.by_hand")} <code className={style.secret}>{inFours(secret)}</code>
              <a href={uri}>{say("account.second.open_app")}</a>
            </p>
          </div>
        </li>
        <li>
          <TextField
            label={say("account.second.first_code")}
            hint={say("signing_in.code.hint")}
            inputMode="numeric"
            autoComplete="one-time-code"
            isVerbatim
            isRequired
            value={code}
            onChange={setCode}
          />
        </li>
        <li>
          <PasswordField label={say("account.password.now")} autoComplete="current-password" isRequired value={password} onChange={setPassword} />
        </li>
      </ol>
      {confirmation.error && (
        <p className={style.wrong} role="alert">
          {explain(confirmation.error)}
        </p>
      )}
      <div className={style.actions}>
        <Button type="submit" look="main" isPending={confirmation.isPending}>
          {say("account.second.confirm")}
        </Button>
        <Button onPress={onCancel}>{say("parts.cancel")}</Button>
      </div>
    </form>
  );
}
