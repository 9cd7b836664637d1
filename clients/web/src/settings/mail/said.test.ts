import { expect, test } from "vitest";

import { saidOfMail } from "@/settings/mail/said";

const say = (id: string, values: Record<string, string | number> = {}) => [id, ...Object.values(values)].join(" ");

test("sentences of the server are said in the reader's language, with what they name", () => {
  expect(saidOfMail("subject has “Invoice”", say)).toBe("mail.said.subject Invoice");
  expect(saidOfMail("subject has no “no “such” thing”", say)).toBe("mail.said.subject.not no “such” thing");
  expect(saidOfMail("it is not older than 30 days", say)).toBe("mail.said.young 30");
  expect(saidOfMail("deleted mails stay there, marked: one alone can't be removed", say)).toBe("mail.said.marked");
});

test("a sentence that is not known is told as it came", () => {
  expect(saidOfMail("it has 70 MiB: only what its head says was looked at", say)).toBe("it has 70 MiB: only what its head says was looked at");
});
