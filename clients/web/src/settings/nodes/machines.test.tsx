import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@sdk/google/rpc/error_details_pb.js";
import { AdminService, type Node, NodeSchema, NodeState } from "@sdk/scriba/v1/admin_pb.js";
import { ClusterService, type CreateJoinCodeResponse, CreateJoinCodeResponseSchema } from "@sdk/scriba/v1/cluster_pb.js";
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";

import { Notices } from "@/parts/notices";
import { AddMachine } from "@/settings/nodes/AddMachine";
import { NodeCard } from "@/settings/nodes/NodeCard";
import { staged } from "@/staged";

afterEach(cleanup);

const SOON = Date.now() + 900_000;
const head = create(NodeSchema, { id: "head", hostname: "archive", head: true, alive: true, state: NodeState.WORKING, cores: 2 });
const laptop = create(NodeSchema, { id: "7", hostname: "laptop", alive: true, state: NodeState.WORKING, cores: 4, languages: ["deu", "eng", "osd"], joinTime: timestampFromMs(1_000) });
const inState = (state: NodeState): Node => create(NodeSchema, { ...laptop, state, alive: state !== NodeState.AWAY });
const made = create(CreateJoinCodeResponseSchema, { code: "ABCD.ef", command: "scribad join archive.lan:8440 --code ABCD.ef", expireTime: timestampFromMs(SOON) });

function noting(deeds: string[]): (router: ConnectRouter) => void {
  const note = (deed: string) => (request: { readonly nodeId: string }) => {
    deeds.push(`${deed} ${request.nodeId}`);
    return {};
  };
  return ({ service }) => service(ClusterService, { drainNode: note("drain"), resumeNode: note("resume"), removeNode: note("remove") });
}

function told(): string {
  return screen.getAllByRole("status").at(-1)?.textContent ?? "";
}

/** Gives a function that says which machines there are while the dialog is open. */
function adding(before: readonly Node[], code: CreateJoinCodeResponse | undefined = made, error: unknown = null, validSeconds = 900): (nodes: readonly Node[]) => void {
  let show: (nodes: readonly Node[]) => void = () => undefined;
  function Adding() {
    const [nodes, setNodes] = useState(before);
    show = setNodes;
    return <AddMachine nodes={nodes} made={code} validSeconds={validSeconds} error={error} isPending={false} onMake={() => undefined} onClose={() => undefined} />;
  }
  staged(<Adding />, ({ service }) => service(AdminService, { getServerInfo: () => ({ version: "1.2.3" }) }));
  return (nodes) => act(() => show(nodes));
}

test("a machine is let rest at once, and works again by the way back", async () => {
  const deeds: string[] = [];
  const page = (
    <>
      <NodeCard node={laptop} />
      <Notices />
    </>
  );
  staged(page, noting(deeds));
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Let it rest: laptop" }));
  await screen.findByText("laptop is sent no more pages.");
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("laptop is sent pages again.");
  expect(deeds).toEqual(["drain 7", "resume 7"]);
});

test("one that rests says so, and can work again", async () => {
  const deeds: string[] = [];
  staged(<NodeCard node={inState(NodeState.RESTING)} />, noting(deeds));
  screen.getByText("Resting");
  await userEvent.setup().click(screen.getByRole("button", { name: "Let it work again: laptop" }));
  expect(deeds).toEqual(["resume 7"]);
});

test("removing one says what is lost before it is done", async () => {
  const deeds: string[] = [];
  staged(<NodeCard node={inState(NodeState.AWAY)} />, noting(deeds));
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Remove: laptop" }));
  const asked = screen.getByRole("dialog", { name: "Remove laptop" });
  within(asked).getByText(/it needs a new code/);
  await user.click(within(asked).getByRole("button", { name: "Cancel" }));
  expect(deeds).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Remove: laptop" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Remove" }));
  expect(deeds).toEqual(["remove 7"]);
});

test("one that is away says since when, and is not asked to rest; the head is asked nothing", () => {
  const away = create(NodeSchema, { ...inState(NodeState.AWAY), lastSeenTime: timestampFromMs(Date.parse("2026-11-27T12:00:00Z")) });
  staged(<NodeCard node={away} />);
  screen.getByText(/^Away since .*2026/);
  expect(screen.getAllByRole("button").map((button) => button.textContent)).toEqual(["Remove"]);
  cleanup();
  staged(<NodeCard node={head} />);
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("a machine tells its languages by their names", () => {
  staged(<NodeCard node={laptop} />);
  screen.getByText("German and English");
});

test("what to type stands there with its end and the version that is needed", async () => {
  adding([head]);
  screen.getByText(made.command);
  screen.getByText(/^Good once, until /);
  await screen.findByText(/Install Scriba 1\.2\.3 there/);
});

test("whoever comes is told, at first as one that starts; those that were there before are not taken for it", () => {
  const old = create(NodeSchema, { ...inState(NodeState.AWAY), id: "3", hostname: "desk" });
  const show = adding([head, old]);
  expect(told()).toBe("Waits for the machine …");
  show([head, old, inState(NodeState.AWAY)]);
  expect(told()).toBe("laptop has joined, and is starting.");
  expect(screen.queryByText(made.command)).toBeNull();
  show([head, laptop, old]);
  expect(told()).toBe("laptop has joined, and reads pages from now on.");
});

test("a code that has ended is not shown any more, and another can be made", async () => {
  adding([head], made, null, 0.05);
  await screen.findByText("The code is no longer good.");
  expect(screen.queryByText(made.command)).toBeNull();
  screen.getByRole("button", { name: "Make another code" });
});

test("an archive that is closed says how it is opened", () => {
  const details = [{ desc: ErrorInfoSchema, value: { reason: "CLUSTER_CLOSED" } }];
  adding([head], undefined, new ConnectError("no", Code.FailedPrecondition, undefined, details));
  expect(screen.getByRole("alert").textContent).toContain("--cluster");
});
