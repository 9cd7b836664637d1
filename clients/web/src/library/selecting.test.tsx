import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { DocumentSchema, DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { type Source, useRows } from "@/library/rows";
import { useSelection } from "@/library/selecting";
import { chosenBy, countOf } from "@/library/selection";
import { staged } from "@/staged";

afterEach(cleanup);

const LIVING = ["1", "2", "3"];
const TRASHED = Array.from({ length: 730 }, (_, place) => String(place + 100));

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

function Listed({ source, told }: { readonly source: Source; readonly told: ReturnType<typeof chosenBy>[] }) {
  const rows = useRows(source, 0, 10);
  const selecting = useSelection(rows);
  return (
    <>
      <p>{rows.total} listed, {countOf(selecting.selection)} selected</p>
      <button type="button" onClick={selecting.selectAll}>all</button>
      <button type="button" onClick={() => told.push(chosenBy(selecting.selection))}>act</button>
    </>
  );
}

async function allOf(source: Source): Promise<ReturnType<typeof chosenBy> | undefined> {
  const told: ReturnType<typeof chosenBy>[] = [];
  staged(<Listed source={source} told={told} />, archive);
  const user = userEvent.setup();
  const count = source.kind === "trash" ? TRASHED.length : LIVING.length;
  await screen.findByText(`${count} listed, 0 selected`);
  await user.click(screen.getByRole("button", { name: "all" }));
  await screen.findByText(`${count} listed, ${count} selected`);
  await user.click(screen.getByRole("button", { name: "act" }));
  return told[0];
}

test("all of the trash are what lies in the trash, each named, and never a query for the whole archive", async () => {
  expect(await allOf({ kind: "trash", query: "", order: "added_time desc" })).toEqual({ case: "documents", value: { ids: TRASHED } });
});

test("all of a list are what its query finds", async () => {
  expect(await allOf({ kind: "list", query: "is:inbox", order: "added_time desc" })).toEqual({ case: "query", value: "is:inbox" });
});
