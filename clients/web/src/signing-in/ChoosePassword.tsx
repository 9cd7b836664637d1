import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { TextField } from "@/parts/TextField";
import { NewPasswordField } from "@/signing-in/NewPasswordField";
import { reasonOf, useDoorWords } from "@/signing-in/reasons";
import { acceptInvitation } from "@/transport/session";
import { useWords } from "@/words/words";

import style from "./forms.module.css";

interface ChoosePasswordProps {
  readonly code: string;
  /** "" for the first administrator, who chooses one. */
  readonly userName: string;
  readonly onChosen: () => Promise<unknown>;
}

export function ChoosePassword({ code, userName, onChosen }: ChoosePasswordProps) {
  const say = useWords();
  const explain = useDoorWords();
  const [name, setName] = useState(userName);
  const [password, setPassword] = useState("");
  const acceptance = useMutation({
    mutationFn: () => acceptInvitation(code, userName === "" ? name.trim() : "", password).then(onChosen),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!acceptance.isPending) acceptance.mutate();
  };
  const isNameTaken = reasonOf(acceptance.error) === "NAME_TAKEN";
  return (
    <form className={style.form} method="post" action="/invitation" onSubmit={submit}>
      <TextField
        label={say("signing_in.name")}
        hint={userName === "" ? say("invitation.name.hint") : undefined}
        name="username"
        autoComplete="username"
        isVerbatim
        maxLength={64}
        autoFocus={userName === ""}
        isReadOnly={userName !== ""}
        isRequired
        value={name}
        onChange={setName}
        error={isNameTaken ? explain(acceptance.error) : undefined}
      />
      <NewPasswordField label={say("invitation.password")} name={name} value={password} onChange={setPassword} />
      {acceptance.error && !isNameTaken && (
        <p className={style.wrong} role="alert">
          {explain(acceptance.error)}
        </p>
      )}
      <Button type="submit" look="main" isPending={acceptance.isPending}>
        {say("invitation.begin")}
      </Button>
    </form>
  );
}
