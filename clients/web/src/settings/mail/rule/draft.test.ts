import { create } from "@bufbuild/protobuf";
import { MailAction, MailCorrespondent, MailRuleSchema, MailScope, MailTitle } from "@sdk/scriba/v1/mail_pb.js";
import { expect, test } from "vitest";

import { draftOf, faultsOf, maskOf, mistakesIn, NEW_RULE, ruleFrom, stillWrong } from "@/settings/mail/rule/draft";

const WHOLE = create(MailRuleSchema, {
  id: "3",
  etag: "a",
  name: "Bills",
  accountId: "7",
  folder: "INBOX/Bills",
  filters: { from: "shop", to: "me", subject: "invoice", body: "total", include: ["*.pdf", "bill-*"], exclude: ["terms*"], mostDays: 0 },
  scope: MailScope.BOTH,
  inlineImages: true,
  title: MailTitle.FILENAME,
  correspondentFrom: MailCorrespondent.FIXED,
  correspondent: "Shop",
  tags: ["bill"],
  documentType: "Invoice",
  storagePath: "Bills",
  ownerId: "",
  action: MailAction.MOVE,
  actionParameter: "Done",
  stop: true,
  disabled: true,
});

test("a form writes the rule that it was filled from", () => {
  expect(ruleFrom(draftOf(WHOLE), "7", WHOLE)).toEqual(WHOLE);
});

test("an owner who stays is not sent, since an editor may not name another", () => {
  const kept = create(MailRuleSchema, { ...WHOLE, ownerId: "5" });
  expect(maskOf(ruleFrom(draftOf(kept), "7", kept), kept)).not.toContain("owner_id");
  expect(maskOf(ruleFrom({ ...draftOf(kept), owner: "" }, "7", kept), kept)).toContain("owner_id");
});

test("what is not set stands in the form as what the server would do", () => {
  expect(draftOf(create(MailRuleSchema))).toEqual(NEW_RULE);
});

test("what a choice hides is not sent", () => {
  const rule = ruleFrom({ ...draftOf(WHOLE), scope: "mail", correspondentFrom: "name", action: "delete" }, "7");
  expect([rule.filters?.include, rule.filters?.exclude, rule.inlineImages, rule.correspondent, rule.actionParameter]).toEqual([[], [], false, "", ""]);
});

test("what a choice asks for must be there, and days must be a number", () => {
  expect(mistakesIn(NEW_RULE)).toEqual({});
  expect(mistakesIn({ ...NEW_RULE, action: "move", moveTo: " ", keyword: "x" })).toEqual({ moveTo: true });
  expect(mistakesIn({ ...NEW_RULE, action: "tag", moveTo: "x" })).toEqual({ keyword: true });
  expect(mistakesIn({ ...NEW_RULE, correspondentFrom: "fixed" })).toEqual({ correspondent: true });
  expect(["", "-1", "x", "36501"].map((days) => mistakesIn({ ...NEW_RULE, days }).days)).toEqual([true, true, true, true]);
  expect(mistakesIn({ ...NEW_RULE, days: "36500" })).toEqual({});
});

test("violations stand at their boxes until these say something else", () => {
  const faults = faultsOf({ "rule.filters.include[1]": "no glob", "rule.action_parameter": "no folder", "rule.account_id": "gone", rule: "bad" });
  expect(faults).toEqual({ include: "no glob", moveTo: "no folder", keyword: "no folder", "": "gone; bad" });
  expect(stillWrong(faults, NEW_RULE, { ...NEW_RULE, include: "*.pdf" })).toEqual({ moveTo: "no folder", keyword: "no folder", "": "gone; bad" });
});
