import { useQuery } from "@connectrpc/connect-query";
import { Aspect } from "@sdk/scriba/v1/assignments_pb.js";
import { CatalogService, type Field, FieldKind, type FieldValue } from "@sdk/scriba/v1/catalog_pb.js";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";

import { fieldOf } from "@/document/panels/facts/edits";
import { FieldBox } from "@/document/panels/facts/FieldBox";
import { useFacts } from "@/document/panels/facts/facts";
import { LinkedDocuments } from "@/document/panels/facts/LinkedDocuments";
import { PlainFact } from "@/document/panels/facts/PlainFact";
import { shownValue } from "@/document/panels/facts/shown";
import { Why } from "@/document/panels/facts/Why";
import { Button } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { useWords } from "@/words/words";

import style from "./facts.module.css";

/** The custom fields that the document has, and a way to give it others. */
export function CustomFields() {
  const say = useWords();
  const { document, mayEdit } = useFacts();
  const [added, setAdded] = useState<readonly string[]>([]);
  const fields = useQuery(CatalogService.method.listFields, {}).data?.fields ?? [];
  const isShown = (field: Field) => fieldOf(document, field.name).value.case !== undefined || added.includes(field.id);
  const others = fields.filter((field) => !isShown(field));
  return (
    <>
      {fields.filter(isShown).map((field) => (
        <div key={field.id} className={style.fact}>
          {mayEdit ? <FieldBox field={field} /> : <ShownField field={field} value={fieldOf(document, field.name)} />}
          <Why aspect={Aspect.FIELD} subject={field.name} />
        </div>
      ))}
      {mayEdit && others.length > 0 && (
        <div>
          <Menu label={say("panels.field.add")} actions={others.map((field) => ({ id: field.id, text: field.name, act: () => setAdded([...added, field.id]) }))}>
            <Button icon={Plus} look="quiet">
              {say("panels.field.add")}
            </Button>
          </Menu>
        </div>
      )}
    </>
  );
}

function ShownField({ field, value }: { readonly field: Field; readonly value: FieldValue }) {
  const say = useWords();
  const { locale } = useIntl();
  if (value.value.case === "documents") return <LinkedDocuments label={field.name} ids={value.value.value.ids} />;
  const text = shownValue(value, locale, (answer) => say(answer ? "panels.yes" : "panels.no"));
  const isAddress = field.kind === FieldKind.URL && /^https?:/i.test(text);
  const address = isAddress ? text : field.kind === FieldKind.EMAIL ? `mailto:${text}` : null;
  return <PlainFact name={field.name} value={address === null ? text : <AddressLink address={address} text={text} />} />;
}

export function AddressLink({ address, text }: { readonly address: string; readonly text: string }) {
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
