import { Plus, X } from "lucide-react";

import { Button, IconButton } from "@/parts/Button";
import { TextField } from "@/parts/TextField";
import { freshKey, type PairDraft } from "@/settings/workflows/draft";
import { useWords, type WordId } from "@/words/words";

import style from "../workflows.module.css";

interface PairListProps {
  readonly pairs: readonly PairDraft[];
  readonly onChange: (pairs: readonly PairDraft[]) => void;
  readonly adds: WordId;
  /** Values that nobody may read over a shoulder. */
  readonly isSecret?: boolean;
  /** What is wrong with the value of a name. */
  readonly errorOf?: (name: string) => string | undefined;
}

/** Names with their values, as parameters and headers are. */
export function PairList({ pairs, onChange, adds, isSecret = false, errorOf }: PairListProps) {
  const say = useWords();
  const set = (key: string, part: Partial<PairDraft>) => onChange(pairs.map((pair) => (pair.key === key ? { ...pair, ...part } : pair)));
  return (
    <>
      {pairs.map(({ key, name, value }, place) => (
        <div key={key} className={style.line}>
          <TextField aria-label={say("workflows.pair.name", { number: place + 1 })} placeholder={say("workflows.pair.name", { number: place + 1 })} isVerbatim value={name} onChange={(next) => set(key, { name: next })} />
          <TextField
            aria-label={say("workflows.pair.value", { number: place + 1 })}
            placeholder={say("workflows.pair.value", { number: place + 1 })}
            type={isSecret ? "password" : "text"}
            autoComplete={isSecret ? "new-password" : "off"}
            isVerbatim
            value={value}
            onChange={(next) => set(key, { value: next })}
            error={errorOf?.(name.trim())}
          />
          <IconButton icon={X} label={say("workflows.pair.remove", { number: place + 1 })} onPress={() => onChange(pairs.filter((other) => other.key !== key))} />
        </div>
      ))}
      <div>
        <Button icon={Plus} look="quiet" onPress={() => onChange([...pairs, { key: freshKey(pairs), name: "", value: "" }])}>
          {say(adds)}
        </Button>
      </div>
    </>
  );
}
