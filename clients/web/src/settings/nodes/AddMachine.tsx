import { useQuery } from "@connectrpc/connect-query";
import { AdminService, type Node } from "@sdk/scriba/v1/admin_pb.js";
import type { CreateJoinCodeResponse } from "@sdk/scriba/v1/cluster_pb.js";
import { CircleCheck, KeyRound } from "lucide-react";
import { useEffect, useState } from "react";

import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { ShownOnce } from "@/parts/ShownOnce";
import { useExplanation } from "@/parts/states";
import { newcomers, standingOf } from "@/settings/nodes/standing";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./nodes.module.css";

const SECOND_MILLISECONDS = 1_000;

interface AddMachineProps {
  /** As they are now; who comes while this is open has joined by the code. */
  readonly nodes: readonly Node[];
  /** The code that was made last; none yet where somebody comes by the address. */
  readonly made: CreateJoinCodeResponse | undefined;
  /** How long a code is good. */
  readonly validSeconds: number;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly onMake: () => void;
  readonly onClose: () => void;
}

/** Shows what to type on another machine, once, and tells when that has joined. */
export function AddMachine({ nodes, made, validSeconds, error, isPending, onMake, onClose }: AddMachineProps) {
  const say = useWords();
  const version = useQuery(AdminService.method.getServerInfo, {}).data?.version ?? "…";
  const [before, setBefore] = useState<ReadonlySet<string>>(new Set(nodes.map(({ id }) => id)));
  const [newcomer] = made ? newcomers(nodes, before) : [];
  const isOver = useIsOver(made, validSeconds) && !newcomer;
  const makeAnother = () => {
    setBefore(new Set(nodes.map(({ id }) => id)));
    onMake();
  };
  return (
    <Dialog
      title={say("nodes.add")}
      isOpen
      onClose={onClose}
      size="wide"
      actions={
        <>
          {(newcomer ?? isOver) && <Button icon={KeyRound} isPending={isPending} onPress={makeAnother}>{say(newcomer ? "nodes.add.next" : "nodes.add.again")}</Button>}
          {made ? (
            <Button look="main" onPress={onClose}>{say("nodes.add.done")}</Button>
          ) : (
            <Button look="main" icon={KeyRound} isPending={isPending} onPress={makeAnother}>{say("nodes.add.make")}</Button>
          )}
        </>
      }
    >
      <p>{say("nodes.add.what")}</p>
      <p>{say("nodes.add.needs", { version })}</p>
      {error !== null && <Refused error={error} />}
      {made && !isOver && !newcomer && <Command key={made.code} made={made} />}
      <p role="status" className={style.coming} data-come={newcomer !== undefined || undefined}>
        {newcomer && <CircleCheck size={20} aria-hidden />}
        {newcomer ? say(standingOf(newcomer) === "away" ? "nodes.add.joined" : "nodes.add.works", { name: newcomer.hostname }) : isOver ? say("nodes.add.over") : made && say("nodes.add.waiting")}
      </p>
    </Dialog>
  );
}

function Command({ made: { command, code, expireTime } }: { readonly made: CreateJoinCodeResponse }) {
  const say = useWords();
  const { moment } = useFormats();
  return (
    <>
      <ShownOnce label={say("nodes.add.type")} text={command} note={say("nodes.add.until", { moment: moment(expireTime) })} />
      <p className={style.faded}>
        {say("nodes.add.code")} <code>{code}</code>
      </p>
    </>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  const say = useWords();
  const explain = useExplanation();
  const isClosed = refusalOf(error).reason === "CLUSTER_CLOSED";
  return (
    <p role="alert" className={style.wrong}>
      {isClosed ? say("nodes.add.closed") : explain(error)}
    </p>
  );
}

/** Tells when nobody can join by a code any more. Counted from when it came: the clock here may differ from the server's. */
function useIsOver(made: CreateJoinCodeResponse | undefined, validSeconds: number): boolean {
  const [over, setOver] = useState("");
  useEffect(() => {
    if (!made) return;
    const clock = setTimeout(() => setOver(made.code), validSeconds * SECOND_MILLISECONDS);
    return () => clearTimeout(clock);
  }, [made, validSeconds]);
  return made !== undefined && over === made.code;
}
