import { useFormats } from "@/formats/formats";
import { type List, rowIn } from "@/library/list";
import { RowFrame } from "@/library/RowFrame";
import { RowCheck, RowPiece, RowState, RowTags, RowTitle } from "@/library/rowParts";
import { VirtualLines } from "@/library/VirtualLines";
import { useTagColour } from "@/parts/tagColours";
import { Thumbnail } from "@/parts/Thumbnail";

import style from "./Lines.module.css";

const HEIGHT = 60;
const HEIGHT_ON_PHONES = 76;
const PHONE = 700;

/** Documents one below the other, with the piece of text that was found. */
export function Lines({ list, width }: { readonly list: List; readonly width: number }) {
  const { total } = list.rows;
  return (
    <div role="grid" aria-label={list.label} aria-rowcount={total} aria-colcount={1} aria-multiselectable={list.onSelect !== null}>
      <VirtualLines count={total} height={width < PHONE ? HEIGHT_ON_PHONES : HEIGHT} kept={list.place} onRange={list.onRange}>
        {(place) => <Line list={list} place={place} />}
      </VirtualLines>
    </div>
  );
}

function Line({ list, place }: { readonly list: List; readonly place: number }) {
  const formats = useFormats();
  const colourOf = useTagColour();
  const row = rowIn(list, place);
  if (!row) {
    return (
      <RowFrame list={list} place={place} row={row} className={`${style.line ?? ""} ${style.empty ?? ""}`}>
        <div role="gridcell" />
      </RowFrame>
    );
  }
  const { document } = row;
  return (
    <RowFrame list={list} place={place} row={row} className={style.line} isPlain={row.highlights.length === 0}>
      <div role="gridcell" style={{ display: "contents" }}>
        {list.onSelect ? <RowCheck list={list} place={place} row={row} /> : <span />}
        <span className={style.picture}>
          <Thumbnail document={document} />
        </span>
        <span className={style.first}>
          <RowTitle list={list} place={place} row={row} />
          <span className={style.about}>
            <small>{[document.correspondent, document.documentType].filter((name) => name !== "").join(" · ")}</small>
            <span className={style.tags}>
              <RowTags tags={document.tags} colourOf={colourOf} most={3} />
            </span>
          </span>
        </span>
        <RowPiece row={row} className={style.piece} />
        <span className={style.end}>
          <RowState document={document} />
          {formats.day(document.createdDate)}
        </span>
      </div>
    </RowFrame>
  );
}
