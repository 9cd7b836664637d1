import { LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { useState } from "react";

import type { Order } from "@/library/bulk";
import { BulkFrame } from "@/library/BulkFrame";
import { DateBox } from "@/parts/dates/DateBox";
import { LabelBox, LabelsBox } from "@/parts/LabelBox";
import { TextField } from "@/parts/TextField";
import { useWords } from "@/words/words";

export type BulkSubject = "tags" | "correspondent" | "document_type" | "storage_path" | "created_date" | "title";

const LABELS: Partial<Record<BulkSubject, LabelKind>> = {
  correspondent: LabelKind.CORRESPONDENT,
  document_type: LabelKind.DOCUMENT_TYPE,
  storage_path: LabelKind.STORAGE_PATH,
};
const NAMES = { correspondent: "correspondent", document_type: "documentType", storage_path: "storagePath", created_date: "createdDate", title: "title" } as const;

interface BulkDialogProps {
  readonly subject: BulkSubject;
  readonly count: number;
  readonly onClose: () => void;
  readonly onDo: (order: Order) => void;
}

/** Asks for what all selected documents shall get. */
export function BulkDialog({ subject, count, onClose, onDo }: BulkDialogProps) {
  const say = useWords();
  const [value, setValue] = useState("");
  const [added, setAdded] = useState<readonly string[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const kind = LABELS[subject];
  const label = say(`library.bulk.subject.${subject}`);
  const isReady = subject === "tags" ? added.length + removed.length > 0 : subject !== "title" || value.trim() !== "";
  const go = () => onDo(subject === "tags" ? { addTags: [...added], removeTags: [...removed] } : { changes: { [NAMES[subject]]: value }, updateMask: { paths: [subject] } });
  return (
    <BulkFrame count={count} isReady={isReady} takesAway={value === "" && isReady && subject !== "tags"} onClose={onClose} onGo={go}>
      {subject === "tags" ? (
        <>
          <LabelsBox kind={LabelKind.TAG} label={say("library.bulk.tags.add")} mayMake autoFocus values={added} onChange={setAdded} />
          <LabelsBox kind={LabelKind.TAG} label={say("library.bulk.tags.remove")} values={removed} onChange={setRemoved} />
        </>
      ) : kind ? (
        <LabelBox kind={kind} label={label} mayMake autoFocus value={value} onChange={setValue} hint={say("library.bulk.empty.hint")} />
      ) : subject === "created_date" ? (
        <DateBox label={label} autoFocus value={value} onChange={setValue} hint={say("library.bulk.empty.hint")} />
      ) : (
        <TextField label={label} autoFocus value={value} onChange={setValue} />
      )}
    </BulkFrame>
  );
}
