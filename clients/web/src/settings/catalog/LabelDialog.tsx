import { useMutation } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import type { TryRuleResponse_Outcome } from "@sdk/scriba/v1/assignments_pb.js";
import { CatalogService, type Label } from "@sdk/scriba/v1/catalog_pb.js";
import { useMemo, useState } from "react";

import { Button } from "@/parts/Button";
import { Checkbox } from "@/parts/Checks";
import { Choice } from "@/parts/Choice";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { TextField } from "@/parts/TextField";
import { draftOf, labelOf, maskOf, NEW_DRAFT, type Draft } from "@/settings/catalog/draft";
import { KINDS, MATCHING_NAMES, matchingName, MATCHINGS, usesPattern, type KindName } from "@/settings/catalog/kinds";
import { RuleTrial } from "@/settings/catalog/RuleTrial";
import { TagFields } from "@/settings/catalog/TagFields";
import { askOfRule } from "@/settings/catalog/trial";
import { useTrial, type Trying } from "@/settings/catalog/useTrial";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./catalog.module.css";

interface LabelDialogProps {
  readonly kind: KindName;
  /** Null for a new one. */
  readonly label: Label | null;
  readonly labels: readonly Label[];
  readonly onClose: () => void;
  /** Told once it is kept: documents that are there and that it shall be given to as well. */
  readonly onApply: (documentIds: readonly string[]) => void;
}

/** Makes a label or changes it, with the rule by which it finds its documents, tried on those that are there. */
export function LabelDialog({ kind, label, labels, onClose, onApply }: LabelDialogProps) {
  const say = useWords();
  const [draft, setDraft] = useState(label ? draftOf(label) : NEW_DRAFT);
  const [applies, setApplies] = useState(false);
  const trying = useRuleTrial(kind, label, draft);
  const fitting = trying.trial.outcomes.flatMap(({ documentId, fits, bears }) => (fits && !bears ? [documentId] : []));
  const { save, error, isPending } = useSaving(kind, label, () => {
    if (applies && fitting.length > 0) onApply(fitting);
    onClose();
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <Dialog
      title={label ? label.name : say(`labels.new.${kind}`)}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button onPress={onClose}>{say("parts.cancel")}</Button>
          <Button look="main" isDisabled={isPending || draft.name.trim() === ""} onPress={() => save(draft)}>
            {say("parts.save")}
          </Button>
        </>
      }
    >
      <TextField autoFocus={label === null} label={say("labels.name")} value={draft.name} onChange={(name) => change({ name })} error={error} />
      {kind === "tags" && <TagFields draft={draft} onChange={change} labels={labels} id={label?.id ?? ""} />}
      {kind === "paths" && (
        <TextField label={say("labels.template")} hint={say("labels.template.hint", { example: "{{ created_year }}/{{ correspondent }}/{{ title }}" })} value={draft.template} onChange={(template) => change({ template })} />
      )}
      <RuleFields draft={draft} onChange={change} />
      <RuleTrial trying={trying} />
      {fitting.length > 0 && (
        <Checkbox isSelected={applies} onChange={setApplies}>
          {say("labels.apply", { count: fitting.length })}
        </Checkbox>
      )}
    </Dialog>
  );
}

/** Asks the rule about the documents that are there, whenever it is another. */
function useRuleTrial(kind: KindName, label: Label | null, { matching, pattern, caseSensitive }: Draft): Trying<TryRuleResponse_Outcome> {
  const labelId = label?.id ?? "";
  return useTrial(useMemo(() => askOfRule({ kind: KINDS[kind], matching, pattern, caseSensitive, labelId }), [kind, matching, pattern, caseSensitive, labelId]));
}

function RuleFields({ draft, onChange }: { readonly draft: Draft; readonly onChange: (part: Partial<Draft>) => void }) {
  const say = useWords();
  const name = matchingName(draft.matching);
  return (
    <>
      <Choice
        label={say("labels.matching")}
        value={name}
        options={MATCHING_NAMES.map((value) => ({ value, text: say(`labels.matching.${value}`) }))}
        onChange={(chosen) => onChange({ matching: MATCHINGS[chosen] })}
      />
      <p className={style.hint}>{say(`labels.matching.${name}.about`)}</p>
      {usesPattern(draft.matching) && (
        <>
          <TextField label={say("labels.pattern")} value={draft.pattern} onChange={(pattern) => onChange({ pattern })} />
          <Checkbox isSelected={draft.caseSensitive} onChange={(caseSensitive) => onChange({ caseSensitive })}>
            {say("labels.case_sensitive")}
          </Checkbox>
        </>
      )}
    </>
  );
}

interface Saving {
  readonly save: (draft: Draft) => void;
  readonly error: string | undefined;
  readonly isPending: boolean;
}

function useSaving(kind: KindName, label: Label | null, onSaved: () => void): Saving {
  const say = useWords();
  const explain = useExplanation();
  const client = useQueryClient();
  const then = {
    onSuccess: async () => {
      await client.invalidateQueries();
      notify(say("labels.saved"));
      onSaved();
    },
  };
  const making = useMutation(CatalogService.method.createLabel, then);
  const changing = useMutation(CatalogService.method.updateLabel, then);
  const { error, isPending } = label ? changing : making;
  const violations = Object.values(error ? refusalOf(error).violations : {});
  return {
    save: (draft) =>
      label
        ? changing.mutate({ label: labelOf(KINDS[kind], draft, label.id, label.etag), updateMask: { paths: maskOf(KINDS[kind]) } })
        : making.mutate({ label: labelOf(KINDS[kind], draft) }),
    error: error ? (violations.join("; ") || explain(error)) : undefined,
    isPending,
  };
}
