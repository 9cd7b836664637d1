import { Button as AriaButton, Dialog, Heading, Popover } from "react-aria-components";

import { useOpened } from "@/parts/Opener";
import { useWords, type WordId } from "@/words/words";

import style from "./SearchBox.module.css";

const EXAMPLES: readonly (readonly [string, WordId])[] = [
  ["water bill", "library.help.words"],
  ['"hydrant levy"', "library.help.phrase"],
  ["gas OR power", "library.help.or"],
  ["water -bill", "library.help.not"],
  ["hydr*", "library.help.begin"],
  ["hydrent~", "library.help.fuzzy"],
  ["title:contract", "library.help.field"],
  ["correspondent:bank", "library.help.label"],
  ["NOT tag:*", "library.help.untagged"],
  ["created:2024-03", "library.help.date"],
  ['added:"last week"', "library.help.added"],
  ["pages:>10", "library.help.number"],
  ["field.total:>100", "library.help.custom"],
  ["state:failed", "library.help.state"],
];

interface GrammarExamplesProps {
  readonly onTry: (query: string) => void;
}

/** What the search understands, each with an example. */
export function GrammarExamples({ onTry }: GrammarExamplesProps) {
  const { trigger, isOpen, onOpenChange } = useOpened();
  const say = useWords();
  return (
    <Popover triggerRef={trigger} isOpen={isOpen} onOpenChange={onOpenChange} className={style.help ?? ""} placement="bottom end">
      <Dialog>
        <Heading slot="title">{say("library.help.title")}</Heading>
        <p>{say("library.help.text")}</p>
        <dl className={style.examples}>
          {EXAMPLES.map(([query, word]) => (
            <div key={query} className={style.pair}>
              <dt>
                <AriaButton
                  className={style.example ?? ""}
                  onPress={() => {
                    onOpenChange(false);
                    onTry(query);
                  }}
                >
                  {query}
                </AriaButton>
              </dt>
              <dd>{say(word)}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </Popover>
  );
}
