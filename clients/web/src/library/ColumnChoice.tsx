import { Columns3 } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";

import type { Column } from "@/library/columns";
import { later } from "@/parts/later";
import { Opener } from "@/parts/Opener";
import { useWords } from "@/words/words";

import style from "./Library.module.css";

const ColumnList = later(async () => (await import("@/library/ColumnList")).ColumnList);

/** Which columns a table shows. */
export function ColumnChoice({ columns, onChange }: { readonly columns: readonly Column[]; readonly onChange: (columns: readonly Column[]) => void }) {
  const say = useWords();
  return (
    <Opener
      kind="menu"
      button={
        <AriaButton aria-label={say("library.columns")} className={`${style.layout ?? ""} ${style.alone ?? ""}`}>
          <Columns3 size={19} aria-hidden />
        </AriaButton>
      }
    >
      <ColumnList columns={columns} onChange={onChange} />
    </Opener>
  );
}
