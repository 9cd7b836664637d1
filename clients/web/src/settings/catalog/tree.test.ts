import { create } from "@bufbuild/protobuf";
import { LabelSchema, type Label } from "@sdk/scriba/v1/catalog_pb.js";
import { expect, test } from "vitest";

import { asTree, possibleParents } from "@/settings/catalog/tree";

function tag(id: string, parentId = ""): Label {
  return create(LabelSchema, { id, name: id, parentId });
}

const TAGS = [tag("bank"), tag("loan", "bank"), tag("tax"), tag("2024", "tax"), tag("car", "loan"), tag("lost", "gone")];

test("each tag stands below its parent, and one whose parent is not there at the top", () => {
  expect(asTree(TAGS).map(({ label, depth }) => [label.name, depth])).toEqual([
    ["bank", 0],
    ["loan", 1],
    ["car", 2],
    ["tax", 0],
    ["2024", 1],
    ["lost", 0],
  ]);
});

test("a tag can be put below neither itself nor what is below it", () => {
  expect(possibleParents(TAGS, "bank").map(({ name }) => name)).toEqual(["tax", "2024", "lost"]);
  expect(possibleParents(TAGS, "car").map(({ name }) => name)).toEqual(["bank", "loan", "tax", "2024", "lost"]);
  expect(possibleParents(TAGS, "")).toHaveLength(6);
});
