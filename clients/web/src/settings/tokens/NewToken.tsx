import { Scope } from "@sdk/scriba/v1/access_pb.js";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { useMutation } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { CheckboxGroup, Label } from "react-aria-components";

import { Button } from "@/parts/Button";
import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { Dialog } from "@/parts/Dialog";
import { Radios } from "@/parts/Radios";
import { ShownOnce } from "@/parts/ShownOnce";
import { useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { wordOfScope } from "@/settings/roles";
import { endOf, HOLDINGS, type Holding } from "@/settings/tokens/holding";
import { useWords } from "@/words/words";

import style from "./NewToken.module.css";

export interface TokenWish {
  readonly name: string;
  readonly scopes: Scope[];
  readonly expireTime?: Timestamp;
}

interface NewTokenProps {
  /** Those that are of use to whom it is for. */
  readonly scopes: readonly Scope[];
  /** Gives the secret. */
  readonly make: (wish: TokenWish) => Promise<string>;
  readonly onClose: () => void;
}

/** Asks what a program may do and for how long; then shows its token, this once. */
export function NewToken({ scopes, make, onClose }: NewTokenProps) {
  const say = useWords();
  const explain = useExplanation();
  const [name, setName] = useState("");
  const [isBound, setIsBound] = useState<"all" | "some">("some");
  const [chosen, setChosen] = useState<readonly Scope[]>([]);
  const [holding, setHolding] = useState<Holding>("year");
  const made = useMutation({
    mutationFn: () => {
      const expireTime = endOf(holding, new Date());
      return make({ name: name.trim(), scopes: isBound === "all" ? [] : [...chosen], ...(expireTime && { expireTime }) });
    },
  });
  const isChosen = isBound === "all" || chosen.length > 0;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isChosen && !made.isPending) made.mutate();
  };
  if (made.data !== undefined) {
    return (
      <Dialog title={say("tokens.new.title")} isOpen onClose={onClose} actions={<Button look="main" onPress={onClose}>{say("tokens.done")}</Button>}>
        <ShownOnce label={say("tokens.secret", { name })} text={made.data} />
        <p>{say("tokens.secret.use")}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={say("tokens.new.title")} isOpen onClose={onClose}>
      <form className={style.form} onSubmit={submit}>
        <TextField label={say("tokens.name")} hint={say("tokens.name.hint")} maxLength={128} autoComplete="off" autoFocus isRequired value={name} onChange={setName} />
        <Radios
          label={say("tokens.scopes")}
          value={isBound}
          onChange={setIsBound}
          options={[
            { value: "some", text: say("tokens.scopes.some") },
            { value: "all", text: say("tokens.scopes.all") },
          ]}
        />
        {isBound === "some" && <Scopes scopes={scopes} chosen={chosen} onChange={setChosen} />}
        <Choice label={say("tokens.holds")} value={holding} onChange={setHolding} options={HOLDINGS.map((value) => ({ value, text: say(`tokens.holds.${value}`) }))} />
        {made.error && <p className={style.wrong} role="alert">{explain(made.error)}</p>}
        <Button type="submit" look="main" isPending={made.isPending} isDisabled={!isChosen}>
          {say("tokens.make")}
        </Button>
      </form>
    </Dialog>
  );
}

interface ScopesProps {
  readonly scopes: readonly Scope[];
  readonly chosen: readonly Scope[];
  readonly onChange: (chosen: readonly Scope[]) => void;
}

function Scopes({ scopes, chosen, onChange }: ScopesProps) {
  const say = useWords();
  return (
    <CheckboxGroup className={style.scopes ?? ""} value={chosen.map(String)} onChange={(ids) => onChange(scopes.filter((scope) => ids.includes(String(scope))))}>
      <Label className="seen-by-readers-only">{say("tokens.scopes")}</Label>
      {scopes.map((scope) => {
        const word = wordOfScope(scope);
        return (
          <Checkbox key={scope} value={String(scope)}>
            {word && say(word)}
          </Checkbox>
        );
      })}
      {chosen.length === 0 && <p className={style.missing}>{say("tokens.scopes.missing")}</p>}
    </CheckboxGroup>
  );
}
