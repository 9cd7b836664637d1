import { create } from "@bufbuild/protobuf";
import { type Folder, FolderSchema } from "@sdk/scriba/v1/folders_pb.js";
import { expect, test } from "vitest";

import { type Branch, branchesIn, foldersAbove } from "@/library/folders";

const folder = (path: string): Folder => create(FolderSchema, { path, name: path.split("/").at(-1) ?? "" });
const named = ({ folder: { path }, below }: Branch): readonly unknown[] => [path, below?.map(named)];

test("folders stand below those that they are in, as far as they are known", () => {
  const found = new Map([
    ["", [folder("2023"), folder("2024")]],
    ["2024", [folder("2024/Bank"), folder("2024/Tax")]],
    ["2024/Bank", [folder("2024/Bank/Giro")]],
    ["2023", undefined],
  ]);
  expect(branchesIn(found, "").map(named)).toEqual([
    ["2023", undefined],
    ["2024", [["2024/Bank", [["2024/Bank/Giro", undefined]]], ["2024/Tax", undefined]]],
  ]);
});

test("a folder is in sight when those that lead to it are open, and it need not be itself", () => {
  expect([foldersAbove("2024/Bank/Giro"), foldersAbove("2024"), foldersAbove("")]).toEqual([["2024", "2024/Bank"], [], []]);
});
