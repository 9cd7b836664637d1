import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

import { type Formats, useFormats } from "@/formats/formats";
import { type Column, COLUMNS, orderAfter, trackOf } from "@/library/columns";
import { type List, rowIn } from "@/library/list";
import { RowFrame } from "@/library/RowFrame";
import { RowCheck, RowState, RowTags, RowTitle } from "@/library/rowParts";
import { VirtualLines } from "@/library/VirtualLines";
import { useTagColour } from "@/parts/tagColours";
import { useWords } from "@/words/words";

import style from "./Table.module.css";

const HEIGHT = 46;
const NUMBERS: readonly Column[] = ["archive_serial_number", "page_count", "size_bytes"];

interface TableProps {
  readonly list: List;
  readonly columns: readonly Column[];
  readonly onOrder: (order: string) => void;
}

/** Documents in rows and columns, put in order by a click on a head. */
export function Table({ list, columns, onOrder }: TableProps) {
  const say = useWords();
  const { total } = list.rows;
  const { template, least } = trackOf(columns);
  return (
    <div className={style.scroller}>
      <div role="grid" aria-label={list.label} aria-rowcount={total + 1} aria-colcount={columns.length + 1} aria-multiselectable={list.onSelect !== null} style={{ minWidth: `${least}rem` }}>
        <div role="row" aria-rowindex={1} className={`${style.row ?? ""} ${style.head ?? ""}`} style={{ gridTemplateColumns: template }}>
          <span role="columnheader">
            <span className="seen-by-readers-only">{say("library.selected")}</span>
          </span>
          {columns.map((column) => (
            <Head key={column} column={column} order={list.rows.source.order} onOrder={onOrder} />
          ))}
        </div>
        <VirtualLines count={total} height={HEIGHT} kept={list.place} onRange={list.onRange}>
          {(place) => <TableRow list={list} place={place} columns={columns} template={template} />}
        </VirtualLines>
      </div>
    </div>
  );
}

function Head({ column, order, onOrder }: { readonly column: Column; readonly order: string; readonly onOrder: (order: string) => void }) {
  const say = useWords();
  const { word, isOrder } = COLUMNS[column];
  if (!isOrder) {
    return (
      <span role="columnheader" className={style.cell} data-number={NUMBERS.includes(column) || undefined}>
        {say(word)}
      </span>
    );
  }
  const sorted = order === column ? "ascending" : order === `${column} desc` ? "descending" : "none";
  return (
    <span role="columnheader" aria-sort={sorted} className={style.cell}>
      <button type="button" className={style.sort} onClick={() => onOrder(orderAfter(order, column))}>
        {say(word)}
        {sorted === "ascending" && <ArrowUp size={15} aria-hidden />}
        {sorted === "descending" && <ArrowDown size={15} aria-hidden />}
      </button>
    </span>
  );
}

interface TableRowProps {
  readonly list: List;
  readonly place: number;
  readonly columns: readonly Column[];
  readonly template: string;
}

function TableRow({ list, place, columns, template }: TableRowProps) {
  const formats = useFormats();
  const colourOf = useTagColour();
  const row = rowIn(list, place);
  return (
    <RowFrame list={list} place={place} row={row} headRows={1} className={row ? style.row : `${style.row ?? ""} ${style.empty ?? ""}`} template={template}>
      <span role="gridcell">{row && <RowCheck list={list} place={place} row={row} />}</span>
      {columns.map((column) => (
        <span key={column} role="gridcell" className={style.cell} data-number={NUMBERS.includes(column) || undefined}>
          {row && column === "title" && (
            <span className={style.titled}>
              <RowTitle list={list} place={place} row={row} />
              <RowState document={row.document} />
            </span>
          )}
          {row && column === "tags" && <RowTags tags={row.document.tags} colourOf={colourOf} most={3} />}
          {row && valueOf(row.document, column, formats)}
        </span>
      ))}
    </RowFrame>
  );
}

function valueOf(document: Document, column: Column, formats: Formats): ReactNode {
  switch (column) {
    case "created_date":
      return formats.day(document.createdDate);
    case "added_time":
      return formats.moment(document.addedTime);
    case "correspondent":
      return document.correspondent;
    case "document_type":
      return document.documentType;
    case "storage_path":
      return document.storagePath;
    case "archive_serial_number":
      return document.archiveSerialNumber === 0n ? "" : String(document.archiveSerialNumber);
    case "page_count":
      return document.pageCount === 0 ? "" : formats.count(document.pageCount);
    case "size_bytes":
      return formats.size(document.sizeBytes);
    case "language":
      return document.language;
    case "filename":
      return document.originalFilename;
    default:
      return null;
  }
}
