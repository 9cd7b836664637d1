import { expect, test } from "vitest";

import { providerOf, wayTo } from "@/settings/mail/providers";

test("an address tells how its server is reached, whatever its capitals", () => {
  expect(wayTo(" Ada@GMX.de ")).toEqual({ host: "imap.gmx.net", port: "", security: "tls" });
  expect(wayTo("ada@gmx.com")?.host).toBe("imap.gmx.com");
});

test("nothing is said of providers that are not known", () => {
  expect([wayTo("ada@example.org"), wayTo("ada"), wayTo("ada@"), providerOf("ada@example.org", "")]).toEqual([null, null, null, null]);
});

test("the server counts where one stands there, with any address", () => {
  expect(providerOf("ada@example.org", "IMAP.gmail.com")?.need).toBe("mail.need.google");
  expect(providerOf("ada@gmail.com", "")?.name).toBe("Gmail");
  expect(providerOf("ada@gmail.com", "mail.example.org")).toBeNull();
});
