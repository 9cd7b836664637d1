import type { Label } from "@sdk/scriba/v1/catalog_pb.js";
import { Check } from "lucide-react";
import { Label as AriaLabel, ListBox, ListBoxItem } from "react-aria-components";

import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import type { Draft } from "@/settings/catalog/draft";
import { possibleParents } from "@/settings/catalog/tree";
import { useWords, type WordId } from "@/words/words";

import style from "./catalog.module.css";

const COLOURS: readonly { readonly value: string; readonly word: WordId }[] = [
  { value: "", word: "labels.colour.none" },
  { value: "#b3261e", word: "labels.colour.red" },
  { value: "#d2691e", word: "labels.colour.orange" },
  { value: "#c9a300", word: "labels.colour.yellow" },
  { value: "#3f7d3a", word: "labels.colour.green" },
  { value: "#14808c", word: "labels.colour.teal" },
  { value: "#2f6fc4", word: "labels.colour.blue" },
  { value: "#6d4fb3", word: "labels.colour.violet" },
  { value: "#a3386b", word: "labels.colour.pink" },
  { value: "#6b665e", word: "labels.colour.grey" },
];
const TOP = "top";

interface TagFieldsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly labels: readonly Label[];
  /** "" for a new tag. */
  readonly id: string;
}

export function TagFields({ draft, onChange, labels, id }: TagFieldsProps) {
  const say = useWords();
  return (
    <>
      <Palette colour={draft.colour} onChange={(colour) => onChange({ colour })} />
      <Choice
        label={say("labels.parent")}
        value={draft.parentId || TOP}
        options={[{ value: TOP, text: say("labels.parent.none") }, ...possibleParents(labels, id).map((tag) => ({ value: tag.id, text: tag.name }))]}
        onChange={(parent) => onChange({ parentId: parent === TOP ? "" : parent })}
      />
      <Checkbox isSelected={draft.inbox} onChange={(inbox) => onChange({ inbox })}>
        {say("labels.inbox")}
      </Checkbox>
    </>
  );
}

/** Colours told by name, too; one that came from elsewhere is shown beside them. */
function Palette({ colour, onChange }: { readonly colour: string; readonly onChange: (colour: string) => void }) {
  const say = useWords();
  const own = COLOURS.some(({ value }) => value === colour) ? [] : [{ value: colour, word: "labels.colour.own" as const }];
  return (
    <div>
      <AriaLabel id="palette" className={style.hint ?? ""}>
        {say("labels.colour")}
      </AriaLabel>
      <ListBox
        aria-labelledby="palette"
        className={style.palette ?? ""}
        orientation="horizontal"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[colour || "none"]}
        onSelectionChange={(keys) => {
          for (const key of keys as Set<string>) onChange(key === "none" ? "" : key);
        }}
      >
        {[...COLOURS, ...own].map(({ value, word }) => (
          <ListBoxItem key={value} id={value || "none"} textValue={say(word)} aria-label={say(word)} className={style.swatch ?? ""} style={{ background: value || "transparent" }}>
            {({ isSelected }) => <>{isSelected && <Check size={16} aria-hidden />}</>}
          </ListBoxItem>
        ))}
      </ListBox>
    </div>
  );
}
