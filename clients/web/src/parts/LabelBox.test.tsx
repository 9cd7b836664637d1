import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { CatalogService, LabelKind, LabelSchema } from "@sdk/scriba/v1/catalog_pb.js";
import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";

import { LabelBox, LabelsBox } from "@/parts/LabelBox";
import { staged } from "@/staged";

afterEach(cleanup);

const NAMES = ["ACME", "Bank", "Bank of letters"];

function catalogue({ service }: ConnectRouter): void {
  service(CatalogService, {
    listLabels: ({ namePart }) => {
      const names = NAMES.filter((name) => name.toLowerCase().includes(namePart.toLowerCase()));
      return { labels: names.map((name) => create(LabelSchema, { id: name, name })), totalSize: BigInt(names.length) };
    },
  });
}

function One({ told }: { readonly told: string[] }) {
  const [value, setValue] = useState("ACME");
  const take = (name: string) => {
    told.push(name);
    setValue(name);
  };
  return <LabelBox kind={LabelKind.CORRESPONDENT} label="Correspondent" mayMake value={value} onChange={take} />;
}

function Many({ told }: { readonly told: (readonly string[])[] }) {
  const [values, setValues] = useState<readonly string[]>([]);
  const take = (names: readonly string[]) => {
    told.push(names);
    setValues(names);
  };
  return <LabelsBox kind={LabelKind.TAG} label="Tags" mayMake values={values} onChange={take} />;
}

test("a label is found by a part of its name and taken by the keyboard", async () => {
  const told: string[] = [];
  staged(<One told={told} />, catalogue);
  const user = userEvent.setup();
  const box = screen.getByRole<HTMLInputElement>("combobox", { name: "Correspondent" });
  await user.clear(box);
  await user.type(box, "letters");
  await screen.findByRole("option", { name: /Bank of letters/ });
  await user.keyboard("{ArrowDown}{Enter}");
  expect(told).toEqual(["Bank of letters"]);
  expect(box.value).toBe("Bank of letters");
});

test("a name that is not there is offered to be made", async () => {
  const told: string[] = [];
  staged(<One told={told} />, catalogue);
  const user = userEvent.setup();
  const box = screen.getByRole("combobox", { name: "Correspondent" });
  await user.clear(box);
  await user.type(box, "Water works");
  await user.click(await screen.findByRole("option", { name: /Make “Water works”/ }));
  await waitFor(() => expect(box).toHaveProperty("value", "Water works"));
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(told).toEqual(["Water works"]);
});

test("an emptied box means none, and letters that lead nowhere mean what was there before", async () => {
  const told: string[] = [];
  staged(<One told={told} />, catalogue);
  const user = userEvent.setup();
  const box = screen.getByRole<HTMLInputElement>("combobox", { name: "Correspondent" });
  await user.type(box, "xyz");
  await user.tab();
  expect([told, box.value]).toEqual([[], "ACME"]);
  await user.clear(box);
  await user.tab();
  expect([told, box.value]).toEqual([[""], ""]);
});

test("several tags are taken one after another, and let go of at their chips", async () => {
  const told: (readonly string[])[] = [];
  staged(<Many told={told} />, catalogue);
  const user = userEvent.setup();
  const box = screen.getByRole("combobox", { name: "Tags" });
  await user.type(box, "acme");
  await user.click(await screen.findByRole("option", { name: /ACME/ }));
  expect(screen.queryByRole("listbox")).toBeNull();
  await user.type(box, "bank");
  await screen.findByRole("option", { name: /^Bank ?0/ });
  await user.keyboard("{ArrowDown}{Enter}");
  expect(screen.queryByRole("listbox")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Remove ACME" }));
  expect(told).toEqual([["ACME"], ["ACME", "Bank"], ["Bank"]]);
});
