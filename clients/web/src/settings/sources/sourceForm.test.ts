import { create } from "@bufbuild/protobuf";
import { SourceSchema } from "@sdk/scriba/v1/sources_pb.js";
import { expect, test } from "vitest";

import { changedPaths, formOf, mistakesIn, NEW_SOURCE, sourceFrom } from "@/settings/sources/sourceForm";

const form = { ...NEW_SOURCE, name: "Tax adviser", tags: ["tax"], correspondent: "Acme", until: "2024-02-29", files: "12", megabytes: "20", kinds: "papers", password: undefined } as const;

test("a link that was written and read again is the same", () => {
  expect(formOf(create(SourceSchema, sourceFrom(form)))).toEqual(form);
  expect(sourceFrom(form)).toMatchObject({ maxFiles: 12, maxFileBytes: 20_000_000n, mimeTypes: ["application/pdf", "image/*"] });
});

test("only what was changed is sent, so that kinds of files which the form does not know stay", () => {
  expect(changedPaths(form, form)).toEqual([]);
  expect(changedPaths(form, { ...form, name: "x", until: "", password: "" })).toEqual(["name", "expire_time", "password"]);
});

test("bounds that are no numbers are told apart", () => {
  expect(mistakesIn({ ...form, files: "x", megabytes: "" })).toEqual({ files: true, megabytes: false });
});
