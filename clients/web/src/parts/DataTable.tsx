import { type ReactNode, useEffect, useState } from "react";

import style from "./DataTable.module.css";

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** For figures, whose digits then stand below each other. */
  readonly isNumber?: boolean;
  /** Leaves the title to screen readers, where what stands below says it. */
  readonly hidesTitle?: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** Some rows to be read, the first column naming each; on a narrow page each row is a card. */
export function DataTable<Row>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  const [frame, isWider] = useWiderInside();
  return (
    <div ref={frame} className={style.frame} {...(isWider && { role: "group", "aria-label": label, tabIndex: 0 })}>
      <table className={style.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, title, isNumber, hidesTitle = false }) => (
              <th key={id} scope="col" data-number={isNumber || undefined}>
                {hidesTitle ? <span className="seen-by-readers-only">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, place) => (
                <Cell key={column.id} column={column} row={row} isName={place === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Tells whether there is more in a frame than it shows side by side: keys must then reach it to scroll it. */
function useWiderInside(): readonly [(frame: HTMLElement | null) => void, boolean] {
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const [isWider, setIsWider] = useState(false);
  useEffect(() => {
    if (!frame) return undefined;
    const observer = new ResizeObserver(() => setIsWider(frame.scrollWidth > frame.clientWidth));
    for (const element of [frame, ...frame.children]) observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return [setFrame, isWider];
}

function Cell<Row>({ column, row, isName }: { readonly column: Column<Row>; readonly row: Row; readonly isName: boolean }) {
  const content = column.cell(row);
  if (isName) return <th scope="row">{content}</th>;
  return (
    <td data-title={column.hidesTitle ? "" : column.title} data-number={column.isNumber || undefined}>
      <div>{content}</div>
    </td>
  );
}
