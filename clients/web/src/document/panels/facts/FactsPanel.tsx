import { useQuery } from "@connectrpc/connect-query";
import { AssignmentService } from "@sdk/scriba/v1/assignments_pb.js";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { useMemo } from "react";

import { useMay } from "@/app/queries";
import { ClashDialog } from "@/document/panels/facts/ClashDialog";
import { CustomFields } from "@/document/panels/facts/CustomFields";
import { FactsContext } from "@/document/panels/facts/facts";
import { FileFacts } from "@/document/panels/facts/FileFacts";
import { DateFact, LabelFact, SerialNumberFact, TagsFact, TitleFact } from "@/document/panels/facts/LabelFacts";
import { useDocumentEdit } from "@/document/panels/facts/useDocumentEdit";
import { Warnings } from "@/document/panels/facts/Warnings";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

/** What a document says of itself and what people and rules filed it under, each value editable where it stands. */
export function FactsPanel({ document }: { readonly document: Document }) {
  const say = useWords();
  const may = useMay();
  const { change, clash, leaveClash } = useDocumentEdit(document.id);
  const given = useQuery(AssignmentService.method.listAssignments, { documentId: document.id });
  const mayEdit = may.edit && !document.deleteTime;
  const facts = useMemo(() => ({ document, mayEdit, change, assignments: given.data?.assignments ?? [] }), [document, mayEdit, change, given.data]);
  return (
    <FactsContext value={facts}>
      <div className={style.facts}>
        <Warnings document={document} />
        <TitleFact />
        <DateFact />
        <LabelFact path="correspondent" />
        <LabelFact path="documentType" />
        <TagsFact />
        <LabelFact path="storagePath" />
        <SerialNumberFact />
        <CustomFields />
        <h2 className={style.part}>{say("panels.file")}</h2>
        <FileFacts />
      </div>
      {clash && <ClashDialog clash={clash} onKeepMine={() => void change(clash.edit)} onClose={leaveClash} />}
    </FactsContext>
  );
}
