import { expect, test } from "vitest";

import { addressesIn, strangerAmong } from "@/document/sending/addresses";

test("addresses are taken apart however they are written, each once", () => {
  expect(addressesIn("ada@example.org, bob@example.org;carl@example.org\nada@example.org ")).toEqual(["ada@example.org", "bob@example.org", "carl@example.org"]);
  expect(addressesIn('Ada Lovelace <ada@example.org>, "Carl, the other" <carl@example.org>')).toEqual(["ada@example.org", "carl@example.org"]);
  expect(addressesIn(" , ")).toEqual([]);
});

test("what is no address is found before it is sent", () => {
  expect(strangerAmong(["ada@example.org", "bob"])).toBe("bob");
  expect(strangerAmong(["ada@example.org"])).toBeUndefined();
  expect(strangerAmong(["@example.org"])).toBe("@example.org");
});
