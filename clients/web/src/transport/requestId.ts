/** Names an order, so that the same one sent again is carried out once. Browsers give UUIDs on pages with TLS alone, but random bytes on all. */
export function newRequestId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
