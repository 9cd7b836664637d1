// What both clients share: where the server is, the token, and how a call ends.
import { Metadata, credentials, status } from "@grpc/grpc-js";

export const server = required("SCRIBA_SERVER");
export const plainText = credentials.createInsecure();

/** Metadata with the token. */
export function signed() {
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${required("SCRIBA_TOKEN")}`);
  return metadata;
}

/**
 * A promise of what a callback is called with.
 * @template T
 * @param {(done: (error: Error | null, answer?: T) => void) => void} call
 * @returns {Promise<T>}
 */
export function answerOf(call) {
  return new Promise((resolve, reject) => {
    call((error, answer) => {
      if (error) reject(error);
      else if (answer === undefined) reject(new Error("no answer"));
      else resolve(answer);
    });
  });
}

/**
 * The status code of a call that failed, by name.
 * @param {unknown} error
 */
export function codeOf(error) {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? status[error.code] : String(error);
}

/** @param {string} name */
function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
