import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { keepPreviousData } from "@tanstack/react-query";
import { ChevronDown, Plus } from "lucide-react";
import { useState } from "react";
import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";

import { useFormats } from "@/formats/formats";
import { Chip } from "@/parts/Chip";
import { faultOf } from "@/parts/faults";
import { choicesOf, type LabelChoice, NEW_LABEL, stillMeant } from "@/parts/labelChoices";
import { useKnownLabels, useTagColour } from "@/parts/tagColours";
import { Closer, useTaking } from "@/parts/taking";
import { useWords } from "@/words/words";

import fields from "./fields.module.css";
import style from "./LabelBox.module.css";

const OFFERED = 50;

interface BoxProps {
  readonly kind: LabelKind;
  readonly label: string;
  /** Leaves the label to screen readers, where the place says what it is. */
  readonly hideLabel?: boolean;
  readonly hint?: string;
  /** Also takes names that are not there yet: the server makes the label. */
  readonly mayMake?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** What is wrong with what was chosen, in words; nothing when all is well. */
  readonly error?: string | undefined;
}

interface LabelBoxProps extends BoxProps {
  /** A label's name, "" for none. */
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** One label of the catalogue, by name: a correspondent, a type, a storage path. */
export function LabelBox({ value, onChange, ...box }: LabelBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (name: string) => {
    setTyped(null);
    if (name !== value) onChange(name);
  };
  return (
    <ChoosingBox
      {...box}
      typed={typed ?? value}
      // What stands there already is no search: all is offered then.
      search={typed ?? ""}
      chosen={[]}
      onType={setTyped}
      onTake={take}
      onLeave={() => (typed?.trim() === "" ? take("") : setTyped(null))}
    />
  );
}

interface LabelsBoxProps extends BoxProps {
  readonly values: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Any number of labels, as a document bears tags. */
export function LabelsBox({ values, onChange, ...box }: LabelsBoxProps) {
  const [typed, setTyped] = useState("");
  const colourOf = useTagColour(box.kind);
  return (
    <div className={fields.field}>
      <ChoosingBox
        {...box}
        typed={typed}
        search={typed}
        chosen={values}
        onType={setTyped}
        onTake={(name) => {
          setTyped("");
          onChange([...values, name]);
        }}
        onLeave={() => setTyped("")}
      />
      <div className={style.chips}>
        {values.map((name) => (
          <Chip key={name} text={name} colour={colourOf(name)} onRemove={box.isDisabled ? undefined : () => onChange(values.filter((other) => other !== name))} />
        ))}
      </div>
    </div>
  );
}

interface ChoosingBoxProps extends BoxProps {
  readonly typed: string;
  readonly search: string;
  readonly chosen: readonly string[];
  readonly onType: (text: string) => void;
  readonly onTake: (name: string) => void;
  readonly onLeave: () => void;
}

function ChoosingBox({ kind, label, hideLabel = false, hint, mayMake = false, isDisabled = false, autoFocus = false, error, typed, search, chosen, onType, onTake, onLeave }: ChoosingBoxProps) {
  const say = useWords();
  const { box, closing, taken } = useTaking(onType);
  const known = useKnownLabels(kind);
  const { data, isPlaceholderData } = useQuery(CatalogService.method.listLabels, { kind, namePart: search.trim().slice(0, 128), pageSize: OFFERED }, { placeholderData: keepPreviousData });
  const found = data?.labels ?? [];
  const choices = choicesOf(isPlaceholderData ? stillMeant(found, search) : found, known, search, chosen, mayMake);
  return (
    <ComboBox
      className={fields.field ?? ""}
      items={choices}
      inputValue={typed}
      {...box}
      // A key that never stays: what is chosen goes to the owner of the value, and no state is kept here.
      value={null}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key);
        if (choice) {
          onTake(choice.name);
          taken();
        }
      }}
      onBlur={onLeave}
      menuTrigger="focus"
      allowsEmptyCollection
      allowsCustomValue
      isDisabled={isDisabled}
      {...faultOf(error)}
      autoFocus={autoFocus}
      {...(hideLabel && { "aria-label": label })}
    >
      {!hideLabel && <Label className={fields.label ?? ""}>{label}</Label>}
      <div className={fields.group}>
        <Input className={fields.input ?? ""} />
        <Button className={fields.opener ?? ""} aria-label={say("parts.options")}>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </div>
      {hint !== undefined && (
        <Text slot="description" className={fields.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={fields.error ?? ""}>{error}</FieldError>
      <Closer {...closing} />
      <Popover className={fields.popover ?? ""}>
        <ListBox className={fields.list ?? ""} renderEmptyState={() => <p className={fields.option}>{say("parts.labels.none")}</p>}>
          {(choice: LabelChoice) => <Offered choice={choice} isTag={kind === LabelKind.TAG} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function Offered({ choice: { id, name, colour, above, documents }, isTag }: { readonly choice: LabelChoice; readonly isTag: boolean }) {
  const say = useWords();
  const formats = useFormats();
  if (id === NEW_LABEL) {
    return (
      <ListBoxItem id={id} textValue={name} className={fields.option ?? ""}>
        <span className={style.option}>
          <Plus size={16} aria-hidden /> {say("parts.labels.make", { name })}
        </span>
      </ListBoxItem>
    );
  }
  return (
    <ListBoxItem id={id} textValue={name} className={fields.option ?? ""}>
      <span className={style.option}>
        {isTag && <span className={style.dot} style={{ background: colour || "var(--edge)" }} />}
        <span>
          {above.map((higher) => (
            <span key={higher} className={style.above}>{`${higher} › `}</span>
          ))}
          {name}
        </span>
      </span>
      <small>{formats.count(documents)}</small>
    </ListBoxItem>
  );
}
