/** The facts that every document may have. */

import { createConnectQueryKey, useQuery, useTransport } from "@connectrpc/connect-query";
import { callUnaryMethod } from "@connectrpc/connect-query";
import { Aspect } from "@sdk/scriba/v1/assignments_pb.js";
import { CatalogService, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { useQueryClient } from "@tanstack/react-query";
import { Hash } from "lucide-react";

import { PlainFact } from "@/document/panels/facts/PlainFact";
import { useFacts } from "@/document/panels/facts/facts";
import { InPlaceDate } from "@/document/panels/facts/InPlaceDate";
import { InPlaceText } from "@/document/panels/facts/InPlaceText";
import { SuggestedDates, SuggestedLabels } from "@/document/panels/facts/Suggestions";
import { Why } from "@/document/panels/facts/Why";
import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Chip } from "@/parts/Chip";
import { LabelBox } from "@/parts/LabelBox";
import { notifyWrong } from "@/parts/notices";
import { useTagColour } from "@/parts/tagColours";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

export function TitleFact() {
  const say = useWords();
  const { document, mayEdit, change } = useFacts();
  return (
    <div className={style.fact}>
      <InPlaceText label={say("panels.facts.title")} value={document.title} isReadOnly={!mayEdit} onSave={(value) => change({ path: "title", value: value.trim() })} />
      <Why aspect={Aspect.TITLE} />
    </div>
  );
}

export function DateFact() {
  const say = useWords();
  const formats = useFormats();
  const { document, mayEdit, change } = useFacts();
  if (!mayEdit) return <PlainFact name={say("panels.facts.createdDate")} value={formats.day(document.createdDate)} why={<Why aspect={Aspect.CREATED_DATE} />} />;
  return (
    <div className={style.fact}>
      <InPlaceDate label={say("panels.facts.createdDate")} value={document.createdDate} onSave={(value) => change({ path: "createdDate", value })} />
      <Why aspect={Aspect.CREATED_DATE} />
      <SuggestedDates />
    </div>
  );
}

type LabelPath = "correspondent" | "documentType" | "storagePath";

const LABELS: Readonly<Record<LabelPath, readonly [LabelKind, Aspect]>> = {
  correspondent: [LabelKind.CORRESPONDENT, Aspect.CORRESPONDENT],
  documentType: [LabelKind.DOCUMENT_TYPE, Aspect.DOCUMENT_TYPE],
  storagePath: [LabelKind.STORAGE_PATH, Aspect.STORAGE_PATH],
};

export function LabelFact({ path }: { readonly path: LabelPath }) {
  const say = useWords();
  const { document, mayEdit, change } = useFacts();
  const [kind, aspect] = LABELS[path];
  if (!mayEdit) return <PlainFact name={say(`panels.facts.${path}`)} value={document[path]} why={<Why aspect={aspect} />} />;
  return (
    <div className={style.fact}>
      <LabelBox
        kind={kind}
        label={say(`panels.facts.${path}`)}
        value={document[path]}
        mayMake={kind !== LabelKind.STORAGE_PATH}
        onChange={(value) => void change({ path, value }).then((wrong) => wrong !== null && notifyWrong(wrong))}
      />
      <Why aspect={aspect} />
      <SuggestedLabels kind={kind} take={(value) => ({ path, value })} />
    </div>
  );
}

export function TagsFact() {
  const say = useWords();
  const colourOf = useTagColour();
  const { document, mayEdit, change } = useFacts();
  const edit = (add: readonly string[], remove: readonly string[]) => void change({ path: "tags", add, remove }).then((wrong) => wrong !== null && notifyWrong(wrong));
  return (
    <div className={style.fact} role="group" aria-label={say("panels.facts.tags")}>
      {mayEdit ? (
        <LabelBox kind={LabelKind.TAG} label={say("panels.facts.tags")} value="" mayMake onChange={(name) => edit([name], [])} />
      ) : (
        <span className={style.name}>{say("panels.facts.tags")}</span>
      )}
      {document.tags.length > 0 ? (
        <ul className={style.tags}>
          {document.tags.map((tag) => (
            <li key={tag} className={style.tag}>
              <Chip text={tag} colour={colourOf(tag)} onRemove={mayEdit ? () => edit([], [tag]) : undefined} />
              <Why aspect={Aspect.TAG} subject={tag} isShort />
            </li>
          ))}
        </ul>
      ) : (
        !mayEdit && <span className={style.none}>{say("parts.none")}</span>
      )}
      {mayEdit && <SuggestedLabels kind={LabelKind.TAG} take={(tag) => ({ path: "tags", add: [tag], remove: [] })} />}
    </div>
  );
}

const LARGEST_NUMBER = 4_294_967_295n;

export function SerialNumberFact() {
  const say = useWords();
  const transport = useTransport();
  const queries = useQueryClient();
  const { document, mayEdit, change } = useFacts();
  const number = document.archiveSerialNumber;
  const save = async (text: string) => {
    const written = text.trim();
    const isNumber = /^\d{0,10}$/.test(written) && BigInt(written) <= LARGEST_NUMBER;
    return isNumber ? change({ path: "archiveSerialNumber", value: BigInt(written) }) : say("panels.wrong.serial");
  };
  const takeNext = async () => {
    const next = await callUnaryMethod(transport, CatalogService.method.getNextArchiveSerialNumber, {});
    const wrong = await change({ path: "archiveSerialNumber", value: next.number });
    if (wrong !== null) notifyWrong(wrong);
    await queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: CatalogService.method.getNextArchiveSerialNumber, transport, cardinality: "finite" }) });
  };
  const isFree = mayEdit && number === 0n;
  const next = useQuery(CatalogService.method.getNextArchiveSerialNumber, {}, { enabled: isFree }).data?.number;
  if (!mayEdit) return <PlainFact name={say("panels.facts.archiveSerialNumber")} value={number === 0n ? "" : number.toString()} why={<Why aspect={Aspect.ARCHIVE_SERIAL_NUMBER} />} />;
  return (
    <div className={style.fact}>
      <div className={style.line}>
        <InPlaceText label={say("panels.facts.archiveSerialNumber")} inputMode="numeric" value={number === 0n ? "" : number.toString()} isReadOnly={false} onSave={save} />
        {isFree && next !== undefined && (
          <Button icon={Hash} look="quiet" onPress={() => void takeNext()}>
            {say("panels.facts.next_number", { number: next.toString() })}
          </Button>
        )}
      </div>
      <Why aspect={Aspect.ARCHIVE_SERIAL_NUMBER} />
    </div>
  );
}
