import { useMutation, useQuery } from "@connectrpc/connect-query";
import { AdminService, type Node } from "@sdk/scriba/v1/admin_pb.js";
import { ClusterService } from "@sdk/scriba/v1/cluster_pb.js";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";

import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { paceOf, secondsFor } from "@/parts/pace";
import { Page } from "@/parts/Page";
import { Loading, Problem } from "@/parts/states";
import { AddMachine } from "@/settings/nodes/AddMachine";
import { NodeCard } from "@/settings/nodes/NodeCard";
import { standingOf } from "@/settings/nodes/standing";
import { useWords } from "@/words/words";

import style from "./nodes.module.css";

const LOOK_MILLISECONDS = 2_000;

const ADDING = "add";
// Long enough to walk to the other machine and install what it needs.
const CODE_SECONDS = 900;

/** Which machine reads which page, and how fast; and how others come. */
export function NodesPage() {
  const say = useWords();
  const { open } = useSearch({ from: "/inside/settings/$subject" });
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(AdminService.method.listNodes, {}, { refetchInterval: LOOK_MILLISECONDS });
  const code = useMutation(ClusterService.method.createJoinCode);
  const go = (open?: string) => void navigate({ to: "/settings/$subject", params: { subject: "nodes" }, search: { open }, resetScroll: false });
  const make = () => code.mutate({ validSeconds: CODE_SECONDS });
  const add = () => {
    make();
    go(ADDING);
  };
  const close = () => {
    code.reset();
    go();
  };
  return (
    <Page title={say("settings.nodes")} width="text" actions={<Button icon={Plus} onPress={add}>{say("nodes.add")}</Button>}>
      <p className={style.about}>{say("nodes.about")}</p>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <Outlook nodes={data.nodes} />
          {data.nodes.map((node) => (
            <NodeCard key={node.id} node={node} />
          ))}
          {open === ADDING && <AddMachine nodes={data.nodes} made={code.data} validSeconds={CODE_SECONDS} error={code.error} isPending={code.isPending} onMake={make} onClose={close} />}
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
  const alive = nodes.filter((node) => standingOf(node) !== "away");
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
