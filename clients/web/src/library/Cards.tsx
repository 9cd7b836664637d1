import { useFormats } from "@/formats/formats";
import { type List, rowIn } from "@/library/list";
import { RowFrame } from "@/library/RowFrame";
import { RowCheck, RowState, RowTags, RowTitle } from "@/library/rowParts";
import { VirtualLines } from "@/library/VirtualLines";
import { useTagColour } from "@/parts/tagColours";
import { Thumbnail } from "@/parts/Thumbnail";

import style from "./Cards.module.css";

const LEAST_WIDTH = 180;
const LEAST_WIDTH_ON_PHONES = 150;
const PHONE = 480;
const GAP = 14;
const FACTS_HEIGHT = 106;
const SHAPE = 1.12;

/** How many cards stand side by side. */
export function columnsIn(width: number): number {
  const least = width < PHONE ? LEAST_WIDTH_ON_PHONES : LEAST_WIDTH;
  return Math.max(Math.floor((width + GAP) / (least + GAP)), 1);
}

/** Documents by what they look like. */
export function Cards({ list, width }: { readonly list: List; readonly width: number }) {
  const columns = columnsIn(width);
  const cardWidth = (width - GAP * (columns - 1)) / columns;
  const { total } = list.rows;
  return (
    <div role="grid" aria-label={list.label} aria-rowcount={total} aria-colcount={1} aria-multiselectable={list.onSelect !== null}>
      <VirtualLines
        count={Math.ceil(total / columns)}
        height={Math.round(cardWidth * SHAPE) + FACTS_HEIGHT + GAP}
        kept={list.place === null ? null : Math.floor(list.place / columns)}
        onRange={(first, last) => list.onRange(first * columns, Math.min((last + 1) * columns, total) - 1)}
      >
        {(line) => (
          <div role="presentation" className={style.line} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {Array.from({ length: Math.min(columns, total - line * columns) }, (_, column) => (
              <Card key={column} list={list} place={line * columns + column} />
            ))}
          </div>
        )}
      </VirtualLines>
    </div>
  );
}

function Card({ list, place }: { readonly list: List; readonly place: number }) {
  const formats = useFormats();
  const colourOf = useTagColour();
  const row = rowIn(list, place);
  if (!row) {
    return (
      <RowFrame list={list} place={place} row={row} className={`${style.card ?? ""} ${style.empty ?? ""}`}>
        <div role="gridcell" />
      </RowFrame>
    );
  }
  const { document } = row;
  return (
    <RowFrame list={list} place={place} row={row} className={style.card}>
      <div role="gridcell" style={{ display: "contents" }}>
        <div className={style.picture}>
          <Thumbnail document={document} />
        </div>
        <div className={style.facts}>
          <RowTitle list={list} place={place} row={row} className={style.title} />
          <div className={style.under}>
            <span>{document.correspondent}</span>
            <span>{formats.day(document.createdDate)}</span>
          </div>
          <div className={style.tags}>
            <RowTags tags={document.tags} colourOf={colourOf} most={3} />
          </div>
        </div>
        <span className={style.state}>
          <RowState document={document} />
        </span>
        <span className={style.check}>
          <RowCheck list={list} place={place} row={row} />
        </span>
      </div>
    </RowFrame>
  );
}
