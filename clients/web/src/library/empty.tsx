/** What stands where documents would, and how they come there. */

import { useQuery } from "@connectrpc/connect-query";
import { FilePlus2, Inbox, SearchX, Trash2 } from "lucide-react";
import { CatalogService, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { Link } from "@tanstack/react-router";

import { openAdding } from "@/adding/opening";
import { useMay } from "@/app/queries";
import { Button } from "@/parts/Button";
import { Empty } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./empty.module.css";

export function FirstDocument() {
  const say = useWords();
  const { add } = useMay();
  return (
    <Empty icon={FilePlus2} title={say("library.empty.title")}>
      <p>{say("library.empty.text")}</p>
      {add && (
        <ul className={style.ways}>
          <li>{say("library.empty.drop")}</li>
          <li>{say("library.empty.phone")}</li>
          <li>{say("library.empty.folder")}</li>
        </ul>
      )}
      {add && (
        <Button look="main" icon={FilePlus2} onPress={openAdding}>
          {say("library.empty.add")}
        </Button>
      )}
    </Empty>
  );
}

export function NoHit() {
  const say = useWords();
  return (
    <Empty icon={SearchX} title={say("library.no_hit.title")}>
      <ul className={style.ways}>
        <li>{say("library.no_hit.fewer")}</li>
        <li>{say("library.no_hit.part")}</li>
        <li>{say("library.no_hit.fuzzy")}</li>
      </ul>
    </Empty>
  );
}

/** All is done; or nobody has said yet which tag marks what is new. */
export function InboxZero() {
  const say = useWords();
  const tags = useQuery(CatalogService.method.listLabels, { kind: LabelKind.TAG, pageSize: 1000 }).data?.labels;
  if (tags && !tags.some(({ inbox }) => inbox)) {
    return (
      <Empty icon={Inbox} title={say("library.inbox.no_tag.title")}>
        <p>{say("library.inbox.no_tag.text")}</p>
        <Link to="/settings">{say("app.settings")}</Link>
      </Empty>
    );
  }
  return (
    <Empty icon={Inbox} title={say("library.inbox.zero.title")}>
      <p>{say("library.inbox.zero.text")}</p>
    </Empty>
  );
}

export function EmptyTrash() {
  const say = useWords();
  return (
    <Empty icon={Trash2} title={say("library.trash.none.title")}>
      <p>{say("library.trash.none.text")}</p>
    </Empty>
  );
}
