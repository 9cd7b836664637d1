import { PasswordField } from "@/parts/PasswordField";
import { strengthOf, weaknessOf } from "@/signing-in/strength";
import { useWords, type WordId } from "@/words/words";

import style from "./forms.module.css";

const FILLED = { fair: 1, good: 2, strong: 3 } as const;

interface NewPasswordFieldProps {
  readonly label: string;
  /** Of its user: the name is no password. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  /** What the server said against it. */
  readonly error?: string | undefined;
}

/** A password to be chosen: what is asked of it stands there before, and how good it is comes as it is typed. */
export function NewPasswordField({ label, name, value, onChange, error }: NewPasswordFieldProps) {
  const say = useWords();
  const weakness = weaknessOf(value, name);
  const strength = weakness ? undefined : strengthOf(value);
  const word: WordId = weakness ? `password.${weakness}` : `password.${strength ?? "fair"}`;
  return (
    <div className={style.strength}>
      <PasswordField
        label={label}
        name="new-password"
        autoComplete="new-password"
        hint={say("password.rules")}
        error={error}
        isRequired
        value={value}
        onChange={onChange}
        validate={(typed) => { const why = weaknessOf(typed, name); return why ? say(`password.${why}`) : null; }}
      />
      <div className={style.bars} aria-hidden>
        {[1, 2, 3].map((bar) => (
          <span key={bar} data-full={(strength !== undefined && bar <= FILLED[strength]) || undefined} />
        ))}
      </div>
      <p role="status">{value === "" ? "" : say(word)}</p>
    </div>
  );
}
