import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";

import { ColumnChoice } from "@/library/ColumnChoice";
import type { Column } from "@/library/columns";
import { LayoutChoice } from "@/library/LayoutChoice";
import { ordersFor } from "@/library/orders";
import type { Rows } from "@/library/rows";
import type { Layout } from "@/library/state";
import { IconButton } from "@/parts/Button";
import { later } from "@/parts/later";
import { Picker } from "@/parts/Picker";
import { useWords } from "@/words/words";

import style from "./Library.module.css";

const Dialog = later(async () => (await import("@/parts/Dialog")).Dialog);

interface ToolbarProps {
  readonly rows: Rows;
  /** Where one stands in the list. */
  readonly place: number | null;
  readonly layout: Layout;
  readonly columns: readonly Column[];
  readonly onOrder: (order: string) => void;
  readonly onLayout: (layout: Layout) => void;
  readonly onColumns: (columns: readonly Column[]) => void;
  /** Shown in a sheet where there is no room beside the list. */
  readonly facets: ReactNode;
  readonly children?: ReactNode;
}

/** How many there are, and how they are shown. */
export function Toolbar({ rows, place, layout, columns, onOrder, onLayout, onColumns, facets, children }: ToolbarProps) {
  const say = useWords();
  const [showsFacets, setShowsFacets] = useState(false);
  const { total, isPending, source } = rows;
  return (
    <div className={style.tools}>
      <span className={style.count} role="status">
        {isPending || total === 0 ? "" : place === null ? say("library.count", { count: total }) : say("library.place", { place: place + 1, total })}
      </span>
      {children}
      {facets !== null && (
        <span className={style.asSheet}>
          <IconButton icon={SlidersHorizontal} look="plain" label={say("library.facets")} onPress={() => setShowsFacets(true)} />
        </span>
      )}
      <Picker
        label={say("library.order")}
        value={source.order}
        onChange={onOrder}
        options={ordersFor(source.kind === "search").map(([value, word]) => ({ value, text: say(word) }))}
      />
      {layout === "table" && <ColumnChoice columns={columns} onChange={onColumns} />}
      <LayoutChoice layout={layout} onChange={onLayout} />
      {showsFacets && (
        <Dialog title={say("library.facets")} isOpen onClose={() => setShowsFacets(false)}>
          {facets}
        </Dialog>
      )}
    </div>
  );
}
