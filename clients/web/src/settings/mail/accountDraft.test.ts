import { create } from "@bufbuild/protobuf";
import { MailAccountSchema, MailProof, MailSecurity } from "@sdk/scriba/v1/mail_pb.js";
import { expect, test } from "vitest";

import { accountFrom, changedPaths, draftOf, mistakesIn, needsSecret, NEW_ACCOUNT, withUser } from "@/settings/mail/accountDraft";

const KEPT = draftOf(create(MailAccountSchema, { name: "Home", user: "ada@example.org", host: "mail.example.org", port: 993, hasSecret: true }));

const PLAIN = ["password", "token"] as const;

test("a typed address brings its provider's server along, and takes it away again", () => {
  const typed = withUser(NEW_ACCOUNT, "ada@gmx.de", PLAIN);
  expect(typed).toMatchObject({ user: "ada@gmx.de", host: "imap.gmx.net", security: "tls" });
  expect(withUser(typed, "ada@gmail.com", PLAIN).host).toBe("imap.gmail.com");
  expect(withUser(typed, "ada@example.org", PLAIN).host).toBe("");
});

test("a server that somebody typed himself stays", () => {
  const own = { ...NEW_ACCOUNT, host: "mail.example.org" };
  expect(withUser(own, "ada@gmail.com", PLAIN).host).toBe("mail.example.org");
});

test("the usual port needs no digits, and no other number passes than that of a port", () => {
  expect(KEPT.port).toBe("");
  expect(accountFrom(KEPT).port).toBe(993);
  const portOf = (port: string) => mistakesIn({ ...KEPT, port }, KEPT).port;
  expect(["1", "65535", " 993 "].map(portOf)).toEqual([undefined, undefined, undefined]);
  expect(["0", "65536", "99x", "-1", "123456"].map(portOf)).toEqual(["port", "port", "port", "port", "port"]);
});

test("a kept secret stays unless it would be shown to another server, or for another user", () => {
  expect(mistakesIn({ ...KEPT, name: "Other" }, KEPT)).toEqual({});
  expect(needsSecret({ ...KEPT, host: "mail.example.com" }, KEPT)).toBe(true);
  expect(mistakesIn({ ...KEPT, user: "eve@example.org" }, KEPT)).toEqual({ secret: "secret" });
  expect(mistakesIn({ ...KEPT, user: "eve@example.org", secret: "new" }, KEPT)).toEqual({});
  expect(mistakesIn(NEW_ACCOUNT, null)).toEqual({ secret: "secret" });
});

test("one signs in at a provider that knows the archive, and no secret is sent then", () => {
  const offered = [...PLAIN, "google"] as const;
  expect(withUser(NEW_ACCOUNT, "ada@gmail.com", PLAIN).proof).toBe("password");
  const google = withUser(NEW_ACCOUNT, "ada@gmail.com", offered);
  expect(google.proof).toBe("google");
  expect(mistakesIn(google, null)).toEqual({});
  expect(accountFrom({ ...google, secret: "typed before" })).not.toHaveProperty("secret");
  expect(changedPaths(KEPT, { ...KEPT, proof: "google", secret: "typed before" })).toEqual(["proof"]);
  expect(withUser(google, "ada@gmx.de", offered).proof).toBe("password");
});

test("only what changed is sent, and a secret only where one was typed", () => {
  expect(changedPaths(KEPT, { ...KEPT, name: "Other" })).toEqual(["name"]);
  expect(changedPaths(KEPT, { ...KEPT, port: "993", secret: "new" })).toEqual(["secret"]);
  expect(accountFrom(KEPT)).not.toHaveProperty("secret");
});

test("another encryption brings its usual port along, and wants the secret anew for it", () => {
  const other = { ...KEPT, security: "starttls" } as const;
  expect(changedPaths(KEPT, other)).toEqual(["port", "security"]);
  expect(mistakesIn(other, KEPT)).toEqual({ secret: "secret" });
  expect(mistakesIn({ ...other, port: "993" }, KEPT)).toEqual({});
});

test("an account without a name goes by its address", () => {
  expect(accountFrom({ ...NEW_ACCOUNT, user: " ada@example.org ", secret: "s" })).toEqual({
    name: "ada@example.org",
    user: "ada@example.org",
    host: "",
    port: 993,
    security: MailSecurity.TLS,
    proof: MailProof.PASSWORD,
    secret: "s",
  });
});
