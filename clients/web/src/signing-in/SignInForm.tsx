import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { PasswordField } from "@/parts/PasswordField";
import { TextField } from "@/parts/TextField";
import { pauseOf, useCountdown } from "@/signing-in/pause";
import { pauseAfter, reasonOf, useDoorWords } from "@/signing-in/reasons";
import { signIn } from "@/transport/session";
import { useWords } from "@/words/words";

import style from "./forms.module.css";

interface SignInFormProps {
  /** Who signs in, where that is known. */
  readonly name?: string | undefined;
  /** Called once the browser has its session. */
  readonly onSignedIn: () => Promise<unknown>;
}

/** Name and password; the one-time code is asked for when the server wants one, and what was typed stays. */
export function SignInForm({ name: knownName, onSignedIn }: SignInFormProps) {
  const say = useWords();
  const [name, setName] = useState(knownName ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [wantsCode, setWantsCode] = useState(false);
  const [pause, beginPause] = useCountdown();
  const entry = useMutation({
    mutationFn: () => signIn(name, password, code.replaceAll(" ", "")).then(onSignedIn),
    onError: (error) => {
      setWantsCode((wanted) => wanted || reasonOf(error) === "SECOND_FACTOR_NEEDED");
      beginPause(pauseAfter(error));
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (pause === 0 && !entry.isPending) entry.mutate();
  };
  return (
    <form className={style.form} method="post" action="/sign-in" onSubmit={submit}>
      <TextField
        label={say("signing_in.name")}
        name="username"
        autoComplete="username"
        isVerbatim
        autoFocus={knownName === undefined}
        isReadOnly={knownName !== undefined}
        isRequired
        value={name}
        onChange={setName}
      />
      <PasswordField
        label={say("signing_in.password")}
        name="password"
        autoComplete="current-password"
        autoFocus={knownName !== undefined}
        isRequired
        value={password}
        onChange={setPassword}
      />
      {wantsCode && <CodeField value={code} onChange={setCode} />}
      <Outcome error={entry.error} pause={pause} />
      <Button type="submit" look="main" isPending={entry.isPending} isDisabled={pause > 0}>
        {say("signing_in.go")}
      </Button>
    </form>
  );
}

function CodeField({ value, onChange }: { readonly value: string; readonly onChange: (code: string) => void }) {
  const say = useWords();
  const [isRecovery, setIsRecovery] = useState(false);
  return (
    <div className={style.code}>
      <TextField
        key={String(isRecovery)}
        label={say(isRecovery ? "signing_in.recovery" : "signing_in.code")}
        hint={say(isRecovery ? "signing_in.recovery.hint" : "signing_in.code.hint")}
        name="one-time-code"
        autoComplete={isRecovery ? "off" : "one-time-code"}
        inputMode={isRecovery ? "text" : "numeric"}
        isVerbatim
        autoFocus
        isRequired
        value={value}
        onChange={onChange}
      />
      <Button
        look="quiet"
        onPress={() => {
          setIsRecovery(!isRecovery);
          onChange("");
        }}
      >
        {say(isRecovery ? "signing_in.recovery.not" : "signing_in.recovery.use")}
      </Button>
    </div>
  );
}

/** Says why nobody was let in. Readers hear of a pause when it begins and when it is over, not every second. */
function Outcome({ error, pause }: { readonly error: Error | null; readonly pause: number }) {
  const say = useWords();
  const explain = useDoorWords();
  if (!error || reasonOf(error) === "SECOND_FACTOR_NEEDED") return null;
  const whole = pauseAfter(error);
  if (whole === 0) return <p className={style.wrong} role="alert">{explain(error)}</p>;
  const words = (seconds: number) => say("signing_in.pause", { ...pauseOf(seconds) });
  return (
    <div className={style.wrong}>
      <p aria-hidden>{pause > 0 ? words(pause) : say("signing_in.pause.over")}</p>
      <p className="seen-by-readers-only" role="alert">
        {pause > 0 ? words(whole) : say("signing_in.pause.over")}
      </p>
    </div>
  );
}
