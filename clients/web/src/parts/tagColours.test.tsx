import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { CatalogService, type Label, LabelKind, LabelSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { useKnownLabels, useTagColour } from "@/parts/tagColours";
import { staged } from "@/staged";

afterEach(cleanup);

function catalogue({ service }: ConnectRouter): void {
  service(CatalogService, { listLabels: () => ({ labels: [create(LabelSchema, { id: "1", name: "To  Pay", colour: "#a33" }), create(LabelSchema, { id: "2", name: "Plain" })] }) });
}

function Colour({ name, kind }: { readonly name: string; readonly kind?: LabelKind }) {
  const colour = useTagColour(kind)(name);
  return <p>{`${name} is ${colour ?? "no tag"}`}</p>;
}

test("a tag has its colour by its name however that is written", async () => {
  staged([<Colour key="1" name="to pay" />, <Colour key="2" name="Plain" />, <Colour key="3" name="ACME" kind={LabelKind.CORRESPONDENT} />], catalogue);
  expect((await screen.findByText("to pay is #a33")).tagName).toBe("P");
  expect(screen.getByText("Plain is").tagName).toBe("P");
  expect(screen.getByText("ACME is no tag").tagName).toBe("P");
});

test("all rows of a list look their tags up in one and the same place", async () => {
  const seen = new Set<ReadonlyMap<string, Label>>();
  const Row = () => {
    const known = useKnownLabels(LabelKind.TAG);
    if (known.size > 0) seen.add(known);
    return <p>{known.size}</p>;
  };
  staged(Array.from({ length: 50 }, (_, place) => <Row key={place} />), catalogue);
  expect(await screen.findAllByText("2")).toHaveLength(50);
  expect(seen.size).toBe(1);
});
