/** What of mail is open, as the address tells it; pure. */

export const STATES = ["all", "failed", "waiting", "taken", "done"] as const;
export type StateName = (typeof STATES)[number];

export type Place =
  /** All accounts, and what became of mails: of one account, or of all where it is "". */
  | { readonly page: "all"; readonly account: string; readonly state: StateName }
  | { readonly page: "account"; readonly id: string; readonly state: StateName }
  | { readonly page: "new-account" }
  | { readonly page: "edit-account"; readonly id: string }
  | { readonly page: "new-rule"; readonly account: string }
  /** A new one that begins as another is. */
  | { readonly page: "copy-rule"; readonly id: string }
  | { readonly page: "rule"; readonly id: string };

export const HOME: Place = { page: "all", account: "", state: "all" };

/** Reads what `addressOf` wrote; anything else is the page of all accounts. */
export function placeIn(address: string | undefined): Place {
  const [page = "", one = "", other = ""] = (address ?? "").split("/");
  if (page === "new-account") return { page };
  if (page === "account" && one !== "") return { page, id: one, state: stateIn(other) };
  if (page === "new-rule" && one !== "") return { page, account: one };
  if ((page === "edit-account" || page === "copy-rule" || page === "rule") && one !== "") return { page, id: one };
  return page === "all" ? { page, state: stateIn(one), account: other } : HOME;
}

/** Writes it short; undefined for the page of all accounts as it is at first. */
export function addressOf(place: Place): string | undefined {
  if (place.page === "all") return place.account === "" && place.state === "all" ? undefined : joined("all", place.state, place.account);
  if (place.page === "account") return joined("account", place.id, place.state === "all" ? "" : place.state);
  if (place.page === "new-account") return place.page;
  return joined(place.page, place.page === "new-rule" ? place.account : place.id);
}

function stateIn(text: string): StateName {
  return STATES.find((state) => state === text) ?? "all";
}

function joined(...parts: readonly string[]): string {
  return parts.join("/").replace(/\/+$/, "");
}
