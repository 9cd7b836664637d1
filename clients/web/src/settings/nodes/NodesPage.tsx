import { useQuery } from "@connectrpc/connect-query";
import { AdminService, type Node } from "@sdk/scriba/v1/admin_pb.js";

import { useFormats } from "@/formats/formats";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { NodeCard } from "@/settings/nodes/NodeCard";
import { paceOf, secondsFor } from "@/parts/pace";
import { useWords } from "@/words/words";

import style from "./nodes.module.css";

const LOOK_MILLISECONDS = 2_000;

/** Which machine reads which page, and how fast. */
export function NodesPage() {
  const say = useWords();
  const { data, error, refetch } = useQuery(AdminService.method.listNodes, {}, { refetchInterval: LOOK_MILLISECONDS });
  return (
    <Page title={say("settings.nodes")} width="text">
      <p className={style.about}>{say("nodes.about")}</p>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <Outlook nodes={data.nodes} />
          {data.nodes.map((node) => (
            <NodeCard key={node.id} node={node} />
          ))}
        </>
      )}
    </Page>
  );
}

/** What waits, until when it will be read, and what all machines together do. */
function Outlook({ nodes }: { readonly nodes: readonly Node[] }) {
  const say = useWords();
  const { span } = useFormats();
  const { data } = useQuery(AdminService.method.getAttention, {}, { refetchInterval: LOOK_MILLISECONDS });
  const alive = nodes.filter((node) => node.alive);
  const pace = paceOf(nodes);
  const pages = Number(data?.pagesWaiting ?? 0n);
  const seconds = secondsFor(pages, pace);
  return (
    <div className={style.outlook}>
      {data && (
        <p className={style.waiting}>
          {pages === 0 ? say("nodes.idle") : seconds === null ? say("nodes.waiting", { pages }) : say("nodes.waiting.until", { pages, time: span(seconds) })}
        </p>
      )}
      {alive.length > 1 && (
        <p>{say("nodes.together", { machines: alive.length, cores: alive.reduce((sum, { cores }) => sum + cores, 0), pages: pace.minute })}</p>
      )}
    </div>
  );
}
