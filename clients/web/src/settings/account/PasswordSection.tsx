import { useMutation } from "@connectrpc/connect-query";
import { AccountService } from "@sdk/scriba/v1/accounts_pb.js";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { notify } from "@/parts/notices";
import { PasswordField } from "@/parts/PasswordField";
import { Section } from "@/settings/Section";
import { NewPasswordField } from "@/signing-in/NewPasswordField";
import { useDoorWords } from "@/signing-in/reasons";
import { useWords } from "@/words/words";

import style from "../forms.module.css";

export function PasswordSection({ name }: { readonly name: string }) {
  const say = useWords();
  const explain = useDoorWords("account.refused");
  const [password, setPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const change = useMutation(AccountService.method.changePassword, {
    onSuccess: () => {
      setPassword("");
      setNewPassword("");
      notify(say("account.password.changed"));
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate({ password, newPassword });
  };
  return (
    <Section title={say("account.password")} about={say("account.password.about")}>
      <form className={style.form} method="post" onSubmit={submit}>
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <PasswordField
          label={say("account.password.now")}
          name="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
        <NewPasswordField label={say("account.password.new")} name={name} value={newPassword} onChange={setNewPassword} />
        {change.error && (
          <p className={style.wrong} role="alert">
            {explain(change.error)}
          </p>
        )}
        <Button type="submit" isPending={change.isPending}>
          {say("account.password.change")}
        </Button>
      </form>
    </Section>
  );
}
