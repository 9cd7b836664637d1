import { CircleHelp } from "lucide-react";

import { IconButton } from "@/parts/Button";
import { later } from "@/parts/later";
import { Opener } from "@/parts/Opener";
import { useWords } from "@/words/words";

const GrammarExamples = later(async () => (await import("@/library/GrammarExamples")).GrammarExamples);

/** What one can ask for, with examples to try. */
export function GrammarHelp({ onTry }: { readonly onTry: (query: string) => void }) {
  const say = useWords();
  return (
    <Opener kind="dialog" button={<IconButton icon={CircleHelp} label={say("library.help.open")} />}>
      <GrammarExamples onTry={onTry} />
    </Opener>
  );
}
