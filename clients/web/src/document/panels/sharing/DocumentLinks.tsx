import { useQuery } from "@connectrpc/connect-query";
import type { Document } from "@sdk/scriba/v1/documents_pb.js";
import { ShareService } from "@sdk/scriba/v1/shares_pb.js";
import { Link2 } from "lucide-react";
import { useState } from "react";

import { ShareDialog } from "@/document/panels/sharing/ShareDialog";
import { ShareLinks } from "@/document/panels/sharing/ShareLinks";
import { Button } from "@/parts/Button";
import { Loading, Problem } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./sharing.module.css";

const MOST = 100;

/** The links by which this document is read without an account. */
export function DocumentLinks({ document }: { readonly document: Document }) {
  const say = useWords();
  const [isMaking, setIsMaking] = useState(false);
  const links = useQuery(ShareService.method.listShareLinks, { documentId: document.id, pageSize: MOST });
  return (
    <section className={style.part} aria-label={say("panels.links")}>
      <h2>{say("panels.links")}</h2>
      {links.error ? <Problem error={links.error} onRetry={() => void links.refetch()} /> : !links.data ? <Loading /> : links.data.links.length > 0 ? <ShareLinks links={links.data.links} label={say("panels.links")} /> : <p className={style.about}>{say("panels.links.none")}</p>}
      {!document.deleteTime && (
        <div>
          <Button icon={Link2} onPress={() => setIsMaking(true)}>
            {say("panels.link.new", { count: 1 })}
          </Button>
        </div>
      )}
      <ShareDialog documentIds={[document.id]} name={document.title} isOpen={isMaking} onClose={() => setIsMaking(false)} />
    </section>
  );
}
