import { useMutation } from "@connectrpc/connect-query";
import { AccountService } from "@sdk/scriba/v1/accounts_pb.js";
import { ShieldCheck } from "lucide-react";
import { useState, type SubmitEvent } from "react";

import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { PasswordField } from "@/parts/PasswordField";
import { ShownOnce } from "@/parts/ShownOnce";
import { useAccountChange } from "@/settings/account/changes";
import { SecondFactorSetUp } from "@/settings/account/SecondFactorSetUp";
import { Section } from "@/settings/Section";
import { useDoorWords } from "@/signing-in/reasons";
import { useWords } from "@/words/words";

import style from "../forms.module.css";

interface SecondFactorSectionProps {
  readonly isOn: boolean;
  readonly codesLeft: number;
}

/** One-time codes of an app besides the password: set up, set up anew, removed. */
export function SecondFactorSection({ isOn, codesLeft }: SecondFactorSectionProps) {
  const say = useWords();
  const tellChange = useAccountChange();
  const [isSettingUp, setIsSettingUp] = useState(false);
  const [isRemoving, setIsRemoving] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const setUp = (recoveryCodes: readonly string[]) => {
    setCodes(recoveryCodes);
    setIsSettingUp(false);
    void tellChange();
  };
  return (
    <Section title={say("account.second")} about={say("account.second.about")}>
      {isOn && (
        <p className={style.good}>
          <ShieldCheck size={20} aria-hidden /> {say("account.second.on", { codes: codesLeft })}
        </p>
      )}
      {codes.length > 0 && <ShownOnce label={say("account.second.codes")} text={codes.join("\n")} canPrint />}
      {isSettingUp ? (
        <SecondFactorSetUp onSetUp={setUp} onCancel={() => setIsSettingUp(false)} />
      ) : (
        <div className={style.row}>
          <Button onPress={() => setIsSettingUp(true)}>{say(isOn ? "account.second.anew" : "account.second.set_up")}</Button>
          {isOn && (
            <Button look="danger" onPress={() => setIsRemoving(true)}>
              {say("account.second.remove")}
            </Button>
          )}
        </div>
      )}
      {isRemoving && (
        <RemoveDialog
          onClose={() => setIsRemoving(false)}
          onRemoved={() => {
            setCodes([]);
            void tellChange();
          }}
        />
      )}
    </Section>
  );
}

function RemoveDialog({ onClose, onRemoved }: { readonly onClose: () => void; readonly onRemoved: () => void }) {
  const say = useWords();
  const explain = useDoorWords("account.refused");
  const [password, setPassword] = useState("");
  const removal = useMutation(AccountService.method.removeSecondFactor, {
    onSuccess: () => {
      onRemoved();
      onClose();
      notify(say("account.second.removed"));
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!removal.isPending) removal.mutate({ password });
  };
  return (
    <Dialog title={say("account.second.remove")} isOpen onClose={onClose}>
      <form className={style.form} onSubmit={submit}>
        <p>{say("account.second.remove.about")}</p>
        <PasswordField
          label={say("account.password.now")}
          autoComplete="current-password"
          autoFocus
          isRequired
          value={password}
          onChange={setPassword}
          error={removal.error ? explain(removal.error) : undefined}
        />
        <div className={style.row}>
          <Button type="submit" look="danger" isPending={removal.isPending}>
            {say("account.second.remove")}
          </Button>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
