import type { MessageInitShape } from "@bufbuild/protobuf";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { CatalogService, FieldKind, type FieldSchema, LabelKind, Matching } from "../sdk/scriba/v1/catalog_pb.js";
import { DocumentService } from "../sdk/scriba/v1/documents_pb.js";
import { serviceOf, withPaper } from "./archive.ts";
import { expectAccessible, newContext, open, PHONE, scenario } from "./house.ts";
import { DOCUMENT } from "./pages.ts";
import { paper } from "./paper.ts";

const PANELS = ["Details", "Notes", "History", "Versions", "Related", "Sharing"];

const letter = () => paper(["A letter about the rent\nLindenau, 3 March 2021"]);

async function documentOf(context: BrowserContext, id: string) {
  const { document } = await (await serviceOf(context, DocumentService)).getDocument({ id });
  if (!document) throw new Error("the document is gone");
  return document;
}

async function toDetails(page: Page, id: string): Promise<void> {
  await open(page, `/documents/${id}`);
  await page.getByRole("textbox", { name: "Title" }).waitFor();
}

/** The button that takes back what a notice tells of. */
function undoOf(page: Page, notice: string): Locator {
  return page.getByRole("alertdialog").filter({ hasText: notice }).getByRole("button", { name: "Undo", exact: true });
}

/** Types a day into its box, figure by figure, as people do. */
async function typeDay(page: Page, label: string, figures: string): Promise<void> {
  await page.getByRole("group", { name: label, exact: true }).getByRole("spinbutton").first().click();
  await page.keyboard.type(figures);
}

/** Has fields in the catalogue for as long as `body` takes. */
async function withFields(context: BrowserContext, fields: readonly MessageInitShape<typeof FieldSchema>[], body: () => Promise<void>): Promise<void> {
  const catalog = await serviceOf(context, CatalogService);
  const ids: string[] = [];
  try {
    for (const field of fields) ids.push((await catalog.createField({ field })).field?.id ?? "");
    await body();
  } finally {
    for (const id of ids) await catalog.deleteField({ id });
  }
}

scenario("a title is saved by Enter and restored by Escape, and the notice takes it back", async (page, context) => {
  await withPaper(context, "letter.pdf", letter(), async (id) => {
    const { title } = await documentOf(context, id);
    await toDetails(page, id);
    const box = page.getByRole("textbox", { name: "Title" });
    await box.fill("Something else");
    await page.keyboard.press("Escape");
    await expect.poll(() => box.inputValue()).toBe(title);
    await box.fill(`${title}, paid`);
    await page.keyboard.press("Enter");
    await undoOf(page, "Title saved").waitFor();
    expect((await documentOf(context, id)).title).toBe(`${title}, paid`);
    await undoOf(page, "Title saved").click();
    await page.getByText("Title: as before").waitFor();
    expect((await documentOf(context, id)).title).toBe(title);
  });
});

scenario("a day is typed in the reader's order, saved when one leaves it, and taken back", async (page, context) => {
  await withPaper(context, "letter.pdf", letter(), async (id) => {
    const before = await documentOf(context, id);
    await toDetails(page, id);
    await typeDay(page, "Date", "29022020");
    await page.keyboard.press("Enter");
    await undoOf(page, "Date saved").waitFor();
    expect((await documentOf(context, id)).createdDate).toBe("2020-02-29");
    await undoOf(page, "Date saved").click();
    await expect.poll(async () => (await documentOf(context, id)).createdDate).toBe(before.createdDate);
  });
});

scenario(
  "a day is written and chosen in German where the page is German",
  async (page, context) => {
    await withPaper(context, "letter.pdf", letter(), async (id) => {
      await open(page, `/documents/${id}`);
      await typeDay(page, "Datum", "31122019");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab"); // past the calendar
      await expect.poll(async () => (await documentOf(context, id)).createdDate).toBe("2019-12-31");
      const box = page.getByRole("group", { name: "Datum", exact: true });
      await expect.poll(async () => (await box.innerText()).replace(/\s|\u2066|\u2069/g, "")).toContain("31.12.2019");
      await box.getByRole("button").click();
      await page.getByRole("heading", { name: "Dezember 2019" }).waitFor();
      await expectAccessible(page);
      await page.getByRole("button", { name: /24\. Dezember 2019/ }).click();
      await expect.poll(async () => (await documentOf(context, id)).createdDate).toBe("2019-12-24");
    });
  },
  { language: "de-DE" },
);

scenario("a tag is made where it is given, and taken back", async (page, context) => {
  await withPaper(context, "letter.pdf", letter(), async (id) => {
    await toDetails(page, id);
    await page.getByRole("combobox", { name: "Tags" }).fill("by hand");
    await page.getByRole("option", { name: /by hand/ }).click();
    await page.getByRole("button", { name: "Remove by hand" }).waitFor();
    await expect.poll(async () => (await documentOf(context, id)).tags).toContain("by hand");
    await page.getByRole("button", { name: "Remove by hand" }).click();
    await expect.poll(async () => (await documentOf(context, id)).tags).not.toContain("by hand");
  });
  await forgetLabel(context, "by hand");
});

scenario("a suggestion tells why, and one press takes it", async (page, context) => {
  await withPaper(context, "letter.pdf", letter(), async (id) => {
    const catalog = await serviceOf(context, CatalogService);
    await catalog.createLabel({ label: { kind: LabelKind.TAG, name: "has letters", matching: Matching.REGEX, pattern: "[a-z]{4}" } });
    try {
      await toDetails(page, id);
      await page.getByRole("button", { name: "Why “has letters”?" }).click();
      await page.getByRole("dialog").getByText(/By a rule: the text/).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /Take “has letters”/ }).click();
      await page.getByRole("button", { name: "Remove has letters" }).waitFor();
      await expect.poll(async () => (await documentOf(context, id)).tags).toContain("has letters");
    } finally {
      await forgetLabel(context, "has letters");
    }
  });
});

async function forgetLabel(context: BrowserContext, name: string): Promise<void> {
  const catalog = await serviceOf(context, CatalogService);
  const { labels } = await catalog.listLabels({ kind: LabelKind.TAG, namePart: name });
  for (const label of labels) await catalog.deleteLabel({ id: label.id });
}

const WRITTEN: readonly (readonly [FieldKind, string, string, unknown])[] = [
  [FieldKind.TEXT, "a text", "R-17", { case: "text", value: "R-17" }],
  [FieldKind.LONG_TEXT, "a long text", "one", { case: "text", value: "one" }],
  [FieldKind.URL, "an address", "example.org/a", { case: "text", value: "https://example.org/a" }],
  [FieldKind.EMAIL, "an e-mail", "a@example.org", { case: "text", value: "a@example.org" }],
  [FieldKind.DATE, "a day", "29022024", { case: "date", value: "2024-02-29" }],
  [FieldKind.DATE_TIME, "a moment", "290220241230", expect.objectContaining({ case: "time" })],
  [FieldKind.INTEGER, "a count", "1,000", { case: "integer", value: 1000n }],
  [FieldKind.NUMBER, "a number", "2.5", { case: "number", value: 2.5 }],
  [FieldKind.MONEY, "an amount", "€1,234.50", expect.objectContaining({ value: expect.objectContaining({ amount: "1234.50", currency: "EUR" }) as unknown })],
];

const CHOSEN = [
  { kind: FieldKind.BOOLEAN, name: "an answer" },
  { kind: FieldKind.CHOICE, name: "a choice", options: [{ name: "red" }, { name: "blue" }] },
  { kind: FieldKind.CHOICES, name: "some choices", options: [{ name: "one" }, { name: "two" }] },
  { kind: FieldKind.DOCUMENTS, name: "papers" },
];

/** Gives a document a field it has not, with the mouse. */
async function addField(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add a field" }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

scenario("fields that are written are added by mouse, and saved when one leaves them", async (page, context) => {
  await withFields(context, WRITTEN.map(([kind, name]) => ({ kind, name })), () =>
    withPaper(context, "letter.pdf", letter(), async (id) => {
      const valueOf = async (name: string) => (await documentOf(context, id)).fields.find(({ field }) => field === name)?.value;
      await toDetails(page, id);
      for (const [kind, name, text] of WRITTEN) {
        await addField(page, name);
        if (kind === FieldKind.DATE || kind === FieldKind.DATE_TIME) await typeDay(page, name, text);
        else await page.getByLabel(name, { exact: true }).fill(text);
      }
      await page.getByRole("textbox", { name: "Title" }).click();
      for (const [, name, , value] of WRITTEN) await expect.poll(() => valueOf(name), { message: name }).toEqual(value);
    }),
  );
});

scenario("fields that are chosen are added by mouse and filled where they stand", async (page, context) => {
  await withFields(context, CHOSEN, () =>
    withPaper(context, "letter.pdf", letter(), async (id) => {
      const valueOf = async (name: string) => (await documentOf(context, id)).fields.find(({ field }) => field === name)?.value;
      await toDetails(page, id);
      await addField(page, "an answer");
      await page.getByRole("button", { name: /an answer/ }).first().click();
      await page.getByRole("option", { name: "Yes" }).click();
      await expect.poll(() => valueOf("an answer")).toEqual({ case: "boolean", value: true });
      await addField(page, "a choice");
      await page.getByRole("button", { name: /a choice/ }).first().click();
      await page.getByRole("option", { name: "blue" }).click();
      await expect.poll(() => valueOf("a choice")).toEqual({ case: "text", value: "blue" });
      await addField(page, "some choices");
      await page.getByRole("checkbox", { name: "two" }).press("Space");
      await expect.poll(() => valueOf("some choices")).toMatchObject({ value: { names: ["two"] } });
      await addField(page, "papers");
      await page.getByRole("combobox", { name: "papers" }).click();
      await page.getByRole("option").first().click();
      await expect.poll(async () => (await valueOf("papers"))?.case).toBe("documents");
      await page.getByRole("list", { name: "papers" }).getByRole("link").waitFor();
    }),
  );
});

scenario("what is no value of its field is told at the field, and stays to be mended", async (page, context) => {
  await withFields(context, [{ kind: FieldKind.MONEY, name: "fee" }], () =>
    withPaper(context, "letter.pdf", letter(), async (id) => {
      await toDetails(page, id);
      await addField(page, "fee");
      const box = page.getByLabel("fee", { exact: true });
      await box.fill("a lot");
      await page.keyboard.press("Enter");
      await page.getByText("Write an amount, like 12.30 or 12.30 EUR").waitFor();
      expect([await box.inputValue(), await box.getAttribute("aria-invalid")]).toEqual(["a lot", "true"]);
    }),
  );
});

scenario("a note is written, changed, deleted, and there again", async (page, context) => {
  await withPaper(context, "letter.pdf", letter(), async (id) => {
    await open(page, `/documents/${id}?panel=notes`);
    await page.getByLabel("New note").fill("Ask the landlord");
    await page.keyboard.press("Control+Enter");
    await page.getByText("Note added").waitFor();
    await page.getByRole("button", { name: "Edit note" }).click();
    await page.getByLabel("Note", { exact: true }).fill("Ask the landlady");
    await page.keyboard.press("Control+Enter");
    const note = page.getByRole("list", { name: "Notes" }).getByText("Ask the landlady");
    await note.waitFor();
    await page.getByRole("button", { name: "Delete note" }).click();
    await note.waitFor({ state: "detached" });
    await undoOf(page, "Note deleted").click();
    await note.waitFor();
  });
});

scenario("a shared document is read by somebody without an account, until its link is turned off", async (page, context) => {
  await withPaper(context, "letter.pdf", letter(), async (id) => {
    await open(page, `/documents/${id}?panel=sharing`);
    await page.getByRole("button", { name: "Share by a link" }).click();
    await page.getByLabel("What it is for").fill("For my tax adviser");
    await page.getByRole("dialog").getByRole("group", { name: /^Until/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make the link" }).click();
    const address = await page.getByRole("region", { name: "Address of the link" }).locator("pre").textContent();
    const stranger = await newContext({ as: null });
    try {
      const visit = await stranger.newPage();
      expect((await visit.goto(address ?? ""))?.status()).toBe(200);
      await visit.getByText("For my tax adviser").first().waitFor();
      await page.getByRole("button", { name: "Close" }).last().click();
      await page.getByText("For my tax adviser").waitFor();
      await page.getByRole("switch", { name: "Works" }).press("Space");
      await page.getByText("Link turned off").waitFor();
      expect((await visit.reload())?.status()).toBe(404);
      await page.getByRole("button", { name: "Take back: For my tax adviser" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Take back for ever" }).click();
      await page.getByText("No link gives this document to people without an account.").waitFor();
    } finally {
      await stranger.close();
    }
  });
});

scenario(
  "of two who change the same, the second sees both and chooses",
  async (page, context) => {
    await withPaper(context, "letter.pdf", letter(), async (id) => {
      await toDetails(page, id);
      await page.getByRole("textbox", { name: "Title" }).fill("Mine");
      const documents = await serviceOf(context, DocumentService);
      await documents.updateDocument({ document: { id, title: "Theirs" }, updateMask: { paths: ["title"] } });
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Somebody else changed this: Title" });
      await dialog.getByText("Theirs", { exact: true }).last().waitFor();
      await dialog.getByRole("button", { name: "Save mine" }).click();
      await page.getByText("Title saved").waitFor();
      expect((await documentOf(context, id)).title).toBe("Mine");
    });
  },
  { allowed: [/status of 4/] },
);

for (const dark of [false, true]) {
  scenario(
    `each panel is accessible, and fits a phone, ${dark ? "in the dark" : "in the light"}`,
    async (page) => {
      await open(page, DOCUMENT);
      for (const panel of PANELS) {
        await page.getByRole("tab", { name: panel }).click();
        await expect.poll(() => page.getByRole("tabpanel").getByText("Loading").count()).toBe(0);
        await expectAccessible(page);
      }
      const tabs = page.getByRole("tablist").last();
      expect(await tabs.evaluate((list) => list.scrollWidth <= list.clientWidth)).toBe(true);
      await page.setViewportSize(PHONE.viewport);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    },
    { dark },
  );
}

scenario(
  "who may only read finds no box to write in",
  async (page) => {
    await open(page, DOCUMENT);
    await page.getByText("SHA-256").waitFor();
    expect(await page.getByRole("button", { name: "Add a field" }).count()).toBe(0);
    expect(await page.getByRole("combobox", { name: "Correspondent" }).count()).toBe(0);
    expect(await page.getByRole("spinbutton").count()).toBe(0);
  },
  { as: "viewer" },
);
