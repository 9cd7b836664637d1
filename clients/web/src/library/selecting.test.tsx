import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { DocumentSchema, DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { type Source, useRows } from "@/library/rows";
import { useSelection } from "@/library/selecting";
import { type Chosen, chosenBy, countOf, type Selection } from "@/library/selection";
import { ordersOf } from "@/library/trash";
import { staged } from "@/staged";

afterEach(cleanup);

const LIVING = ["1", "2", "3"];
const TRASHED = Array.from({ length: 10_730 }, (_, place) => String(place + 100));
const TRASH: Source = { kind: "trash", query: "", order: "added_time desc" };

/** An archive of which some lies in the trash, listed page by page. */
function archive({ service }: ConnectRouter): void {
  service(DocumentService, {
    listDocuments: ({ showDeleted, pageSize, pageToken, skip }) => {
      const all = showDeleted ? TRASHED : LIVING;
      const begin = pageToken === "" ? skip : Number(pageToken);
      const end = begin + pageSize;
      return {
        documents: all.slice(begin, end).map((id) => create(DocumentSchema, { id })),
        totalSize: BigInt(all.length),
        nextPageToken: end < all.length ? String(end) : "",
      };
    },
  });
}

function Listed({ source, tell }: { readonly source: Source; readonly tell: (orders: readonly Chosen[]) => void }) {
  const transport = useTransport();
  const rows = useRows(source, 0, 10);
  const { selection, selectAll, select } = useSelection(rows);
  const first = rows.first?.document;
  const orders = async (one: Selection) => (source.kind === "list" && one.kind !== "trash" ? [chosenBy(one)] : ordersOf(transport, one));
  return (
    <>
      <p>{rows.total} listed, {countOf(selection)} selected</p>
      <button type="button" onClick={selectAll}>all</button>
      <button type="button" onClick={() => first && select(0, first, false)}>first</button>
      <button type="button" onClick={() => void orders(selection).then(tell)}>act</button>
    </>
  );
}

/** Presses buttons, acts, and gives what is ordered then. */
async function ordered(source: Source, ...pressed: readonly string[]): Promise<readonly Chosen[]> {
  let told: readonly Chosen[] = [];
  staged(<Listed source={source} tell={(orders) => (told = orders)} />, archive);
  const user = userEvent.setup();
  await screen.findByText(`${source.kind === "trash" ? TRASHED.length : LIVING.length} listed, 0 selected`);
  for (const name of [...pressed, "act"]) await user.click(screen.getByRole("button", { name }));
  await waitFor(() => expect(told.length).toBeGreaterThan(0));
  return told;
}

test("all of the trash are the whole trash, however much lies there, and never a query for the whole archive", async () => {
  expect(await ordered(TRASH, "all")).toEqual([{ case: "wholeTrash", value: true }]);
});

test("all of the trash but one are named, in as many orders as that takes", async () => {
  const orders = await ordered(TRASH, "all", "first");
  expect(orders.map((chosen) => chosen.case === "documents" && chosen.value.ids?.length)).toEqual([10_000, 729]);
  expect(orders.flatMap((chosen) => (chosen.case === "documents" ? (chosen.value.ids ?? []) : []))).toEqual(TRASHED.slice(1));
});

test("one of the trash is named", async () => {
  expect(await ordered(TRASH, "first")).toEqual([{ case: "documents", value: { ids: ["100"] } }]);
});

test("all of a list are what its query finds", async () => {
  expect(await ordered({ kind: "list", query: "is:inbox", order: "added_time desc" }, "all")).toEqual([{ case: "query", value: "is:inbox" }]);
});
