import { Plus, X } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "@/parts/Button";
import { Ordered } from "@/parts/Ordered";
import { movedTo } from "@/parts/ordering";
import { TextField } from "@/parts/TextField";
import { type OptionDraft, withOption } from "@/settings/fields/draft";
import { useWords } from "@/words/words";

import style from "./fields.module.css";

interface OptionListProps {
  readonly options: readonly OptionDraft[];
  readonly onChange: (options: readonly OptionDraft[]) => void;
  /** What is wrong, by the keys of options. */
  readonly faults: Readonly<Record<string, string>>;
  readonly error: string | undefined;
}

/** What a document may choose from, in the order in which it is offered. */
export function OptionList({ options, onChange, faults, error }: OptionListProps) {
  const say = useWords();
  // Only one that was just added takes the focus.
  const [added, setAdded] = useState("");
  const nameOf = ({ name }: OptionDraft, place: number) => name || say("fields.option", { number: place + 1 });
  const add = () => {
    const next = withOption(options);
    setAdded(next.at(-1)?.key ?? "");
    onChange(next);
  };
  return (
    <section className={style.options} aria-label={say("fields.options")}>
      <h3>{say("fields.options")}</h3>
      <p className={style.hint}>{say("fields.options.hint")}</p>
      <Ordered label={say("fields.options")} items={options} keyOf={({ key }) => key} nameOf={nameOf} onMove={(from, to) => onChange(movedTo(options, from, to))}>
        {(option, place) => (
          <div className={style.option}>
            <TextField
              aria-label={say("fields.option", { number: place + 1 })}
              autoFocus={option.key === added}
              value={option.name}
              maxLength={128}
              error={faults[option.key]}
              onChange={(name) => onChange(options.map((other) => (other.key === option.key ? { ...other, name } : other)))}
              onKeyDown={(event) => {
                if (event.key === "Enter") add();
              }}
            />
            <IconButton icon={X} label={say("parts.remove", { what: nameOf(option, place) })} onPress={() => onChange(options.filter(({ key }) => key !== option.key))} />
          </div>
        )}
      </Ordered>
      {error !== undefined && (
        <p className={style.wrong} role="alert" lang="en">
          {error}
        </p>
      )}
      <div>
        <Button icon={Plus} look="quiet" onPress={add}>
          {say("fields.option.add")}
        </Button>
      </div>
    </section>
  );
}
