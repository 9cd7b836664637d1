import { ChevronDown, ChevronUp, X } from "lucide-react";
import { Input, TextField } from "react-aria-components";

import { IconButton } from "@/parts/Button";
import { useWords } from "@/words/words";

import type { Reading } from "./reading";

import style from "./FindBar.module.css";

interface FindBarProps {
  readonly reading: Reading;
  readonly hit: number;
  readonly hits: number;
  readonly isSearching: boolean;
  readonly onNext: () => void;
  readonly onPrevious: () => void;
}

/** Looks for words in the document that is open; at first for those of the search that led here. */
export function FindBar({ reading, hit, hits, isSearching, onNext, onPrevious }: FindBarProps) {
  const say = useWords();
  const { query, typed, onType, isFinding, onFinding, onForgetQuery } = reading;
  const close = () => {
    onType("");
    onFinding(false);
    if (query !== "") onForgetQuery();
  };
  const asks = typed !== "" || query !== "";
  const told = hits > 0 ? say("document.hits", { hit, hits }) : say(isSearching ? "document.searching" : "document.no_hits");
  return (
    <div className={style.bar} role="search">
      <TextField
        key={String(isFinding)}
        aria-label={say("document.find")}
        value={typed}
        autoFocus={isFinding}
        onChange={onType}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key === "Enter") (event.shiftKey ? onPrevious : onNext)();
        }}
      >
        <Input className={style.box ?? ""} placeholder={query === "" ? say("document.find") : say("document.found_by", { query })} />
      </TextField>
      <span role="status" className={style.told}>
        {asks && told}
      </span>
      <IconButton icon={ChevronUp} label={say("document.hit_before")} isDisabled={hits === 0} onPress={onPrevious} />
      <IconButton icon={ChevronDown} label={say("document.hit_after")} isDisabled={hits === 0} onPress={onNext} />
      <IconButton icon={X} label={say("document.end_finding")} onPress={close} />
    </div>
  );
}
