import { Plus, X } from "lucide-react";

import { Button, IconButton } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { PasswordField } from "@/parts/PasswordField";
import { freshKey, type RemovePasswordDraft } from "@/settings/workflows/draft";
import type { FaultAt } from "@/settings/workflows/faults";
import { useWords } from "@/words/words";

import style from "../workflows.module.css";

interface PasswordBoxesProps {
  readonly action: RemovePasswordDraft;
  readonly at: FaultAt;
  readonly onChange: (part: Partial<RemovePasswordDraft>) => void;
}

/** Passwords that are kept already, by number alone, and new ones. */
export function PasswordBoxes({ action: { kept, passwords }, at, onChange }: PasswordBoxesProps) {
  const say = useWords();
  const set = (key: string, password: string) => onChange({ passwords: passwords.map((each) => (each.key === key ? { key, password } : each)) });
  const isMarked = passwords.some(({ key }) => at(`remove_password.passwords/${key}`) !== undefined);
  const wrong = [isMarked ? undefined : at("remove_password.passwords"), at("remove_password.kept")].filter((words) => words !== undefined);
  return (
    <>
      <p className={style.hint}>{say("workflows.action.removePassword.about")}</p>
      <div className={style.row}>
        {kept.map((number) => (
          <Chip key={number} text={say("workflows.password.kept", { number })} onRemove={() => onChange({ kept: kept.filter((other) => other !== number) })} />
        ))}
      </div>
      <div className={style.lines}>
        {passwords.map(({ key, password }, place) => (
          <div key={key} className={style.line}>
            <PasswordField
              label={say("workflows.password", { number: place + 1 })}
              autoComplete="new-password"
              value={password}
              onChange={(next) => set(key, next)}
              error={at(`remove_password.passwords/${key}`)}
            />
            <IconButton icon={X} label={say("parts.remove", { what: say("workflows.password", { number: place + 1 }) })} onPress={() => onChange({ passwords: passwords.filter((other) => other.key !== key) })} />
          </div>
        ))}
        <div>
          <Button icon={Plus} look="quiet" onPress={() => onChange({ passwords: [...passwords, { key: freshKey(passwords), password: "" }] })}>
            {say("workflows.password.add")}
          </Button>
        </div>
      </div>
      {wrong.length > 0 && (
        <p className={style.wrong} role="alert" lang="en">
          {wrong.join("; ")}
        </p>
      )}
    </>
  );
}
