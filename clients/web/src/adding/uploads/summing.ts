/** What browsers do on pages with TLS alone, and what to do elsewhere. */

import { FileGone } from "@/adding/uploads/outcomes";

// WebCrypto wants all bytes at once.
const SUMMED_BYTES = 64 * 1024 * 1024;

/** Gives the SHA-256 of a file in hexadecimal digits; "" where it is not cheap, or the browser has none. */
export async function digestOf(file: Blob): Promise<string> {
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (!subtle || file.size > SUMMED_BYTES) return "";
  const bytes = await file.arrayBuffer().catch(() => {
    throw new FileGone();
  });
  return hexOf(new Uint8Array(await subtle.digest("SHA-256", bytes)));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
