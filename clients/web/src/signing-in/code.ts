/** The code of an invitation, as it stands in an address or as somebody typed it. */

/** Reads it from the fragment, which no server's log has; "" where there is none. */
export function codeOfFragment(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("code")?.trim() ?? "";
}

/** The address that opens an invitation. */
export function invitationAddress(origin: string, code: string): string {
  return `${origin}/invitation#code=${encodeURIComponent(code)}`;
}

/** Codes are typed from a screen or a letter: a whole address will do. */
export function codeOfTyping(typed: string): string {
  const fragment = /#.*/.exec(typed)?.[0];
  return (fragment && codeOfFragment(fragment)) || typed.trim();
}
