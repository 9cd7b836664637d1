import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { MailAction, type MailRule, MailService, type TriedMail, TriedMailSchema } from "@sdk/scriba/v1/mail_pb.js";
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";

import { NEW_RULE, type RuleDraft, ruleFrom } from "@/settings/mail/rule/draft";
import { Trial } from "@/settings/mail/rule/Trial";
import { staged } from "@/staged";

afterEach(cleanup);

const DRAFT: RuleDraft = { ...NEW_RULE, subject: "invoice", action: "move", moveTo: "Bills" };
const MEANT = create(TriedMailSchema, {
  from: "shop@example.org",
  subject: "Your invoice",
  matched: true,
  checks: [{ passed: true, reason: "the subject holds 'invoice'" }],
  documents: [{ title: "Your invoice", filename: "4711.pdf", correspondent: "Shop" }],
});
const OTHER = create(TriedMailSchema, { from: "friend@example.org", subject: "Dinner", checks: [{ passed: false, reason: "the subject does not hold 'invoice'" }] });
const KNOWN = create(TriedMailSchema, { ...MEANT, subject: "Last month's", known: true });

async function tried(answer: () => readonly TriedMail[]): Promise<MailRule[]> {
  const asked: MailRule[] = [];
  const serve = ({ service }: ConnectRouter) =>
    service(MailService, {
      tryMailRule: ({ rule }) => {
        if (rule) asked.push(rule);
        return { mails: [...answer()] };
      },
    });
  staged(<Trial write={() => ruleFrom(DRAFT, "7")} draft={DRAFT} onRefused={() => undefined} />, serve);
  await userEvent.setup().click(screen.getByRole("button", { name: "Try" }));
  return asked;
}

test("a mail says whether it is meant, why, which documents it would be, and where it would go then", async () => {
  const asked = await tried(() => [MEANT, OTHER, KNOWN]);
  await screen.findByText("2 of the 3 newest mails are meant.");
  const [meant, other, known] = within(screen.getByRole("list", { name: "The newest mails" }))
    .getAllByRole("listitem")
    .filter((item) => item.parentElement?.getAttribute("aria-label") === "The newest mails")
    .map((item) => item.textContent);
  expect(meant).toMatch(/Meant.*4711\.pdf · Shop.*Then the mail goes to Bills\..*the subject holds 'invoice'/);
  expect(other).toMatch(/Not meant.*the subject does not hold 'invoice'/);
  expect(known).toMatch(/Taken before/);
  expect(known).not.toMatch(/Then the mail/);
  expect(asked).toMatchObject([{ name: "New rule", accountId: "7", action: MailAction.MOVE, actionParameter: "Bills" }]);
});

test("a folder without mails says so", async () => {
  await tried(() => []);
  await screen.findByText("There is no mail in this folder.");
});

test("what keeps the mailbox from being read stands there in the server's words", async () => {
  await tried(() => {
    throw new ConnectError("mail.example.org has no folder called 'Post'", Code.FailedPrecondition);
  });
  await screen.findByText("mail.example.org has no folder called 'Post'");
});
