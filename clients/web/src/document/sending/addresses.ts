/** E-mail addresses as people type or paste several of them; pure. */

/** Takes them apart at commas, semicolons and white space, out of "Name <address>" too, each once. */
export function addressesIn(text: string): string[] {
  const bare = text.replace(/"[^"]*"/g, " ").replace(/[^,;\n<>]*<([^<>]*)>/g, " $1 ");
  return [...new Set(bare.split(/[\s,;]+/).filter((part) => part !== ""))];
}

/** Gives the first of them that is no address. */
export function strangerAmong(addresses: readonly string[]): string | undefined {
  return addresses.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
}
