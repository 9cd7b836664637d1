import { useQuery } from "@connectrpc/connect-query";
import { type Document, DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { SearchService } from "@sdk/scriba/v1/search_pb.js";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";

import { useFormats } from "@/formats/formats";
import fields from "@/parts/fields.module.css";
import { Closer, useTaking } from "@/parts/taking";
import { useWords } from "@/words/words";

const OFFERED = 12;

interface DocumentBoxProps {
  readonly label: string;
  /** Ids that are not offered. */
  readonly without: readonly string[];
  readonly onTake: (id: string) => void;
}

/** Finds a document by what one types, as the search box does; the newest before one types. */
export function DocumentBox({ label, without, onTake }: DocumentBoxProps) {
  const say = useWords();
  const formats = useFormats();
  const [typed, setTyped] = useState("");
  const { box, closing, taken } = useTaking(setTyped);
  const query = plainWords(typed);
  const found = useQuery(SearchService.method.searchDocuments, { query, pageSize: OFFERED, skipHighlights: true }, { enabled: query !== "", placeholderData: keepPreviousData });
  const newest = useQuery(DocumentService.method.listDocuments, { pageSize: OFFERED }, { enabled: query === "" });
  const documents = (query === "" ? newest.data?.documents : found.data?.results.flatMap(({ document }) => document ?? [])) ?? [];
  return (
    <ComboBox
      className={fields.field ?? ""}
      items={documents.filter(({ id }) => !without.includes(id))}
      inputValue={typed}
      {...box}
      value={null}
      onChange={(id) => {
        if (id !== null) {
          onTake(String(id));
          taken();
        }
        setTyped("");
      }}
      onBlur={() => setTyped("")}
      menuTrigger="focus"
      allowsEmptyCollection
      allowsCustomValue
    >
      <Label className={fields.label ?? ""}>{label}</Label>
      <Input className={fields.input ?? ""} placeholder={say("panels.documents.find")} />
      <Closer {...closing} />
      <Popover className={fields.popover ?? ""}>
        <ListBox className={fields.list ?? ""} renderEmptyState={() => <p className={fields.option}>{say("panels.documents.none")}</p>}>
          {({ id, title, createdDate }: Document) => (
            <ListBoxItem id={id} textValue={title} className={fields.option ?? ""}>
              <span>{title}</span>
              <small>{formats.day(createdDate)}</small>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** What is half typed must not be refused: words alone are searched for, the last as it begins. */
export function plainWords(typed: string): string {
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word, place) => (place === words.length - 1 ? `${word}*` : word)).join(" ");
}
