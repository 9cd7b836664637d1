/** The archive as a program of somebody sees it, for what a scenario needs to find there, or to have done by another. */

import { randomUUID } from "node:crypto";

import { createClient, type Client } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import type { DescService } from "@bufbuild/protobuf";
import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";

import { DocumentService, DocumentState } from "../sdk/scriba/v1/documents_pb.js";
import { BASE_URL } from "./surroundings.ts";

const READING_MS = 60_000;

/** Calls a service in the name of who is signed in there. */
export async function serviceOf<Service extends DescService>(context: BrowserContext, service: Service): Promise<Client<Service>> {
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const transport = createGrpcWebTransport({
    baseUrl: BASE_URL,
    interceptors: [
      (next) => (request) => {
        request.header.set("cookie", cookie);
        request.header.set("origin", BASE_URL);
        return next(request);
      },
    ],
  });
  return createClient(service, transport);
}

/** Has a file taken in, and waits until it is read; gives the document's id. */
export async function takeIn(context: BrowserContext, filename: string, chunk: Uint8Array<ArrayBuffer>): Promise<string> {
  const documents = await serviceOf(context, DocumentService);
  const start = { requestId: randomUUID(), filename, sizeBytes: BigInt(chunk.length) };
  const { upload } = await documents.writeUpload({ start, chunk });
  const id = upload?.document?.id ?? "";
  await untilRead(context, id);
  return id;
}

export async function untilRead(context: BrowserContext, id: string): Promise<void> {
  const documents = await serviceOf(context, DocumentService);
  const state = async () => (await documents.getDocument({ id })).document?.state;
  await expect.poll(state, { timeout: READING_MS, interval: 200 }).toBe(DocumentState.READY);
}

/** Removes documents for good, so that others find the archive as it was. */
export async function forget(context: BrowserContext, ids: readonly string[]): Promise<void> {
  const documents = await serviceOf(context, DocumentService);
  for (const id of ids) {
    await documents.deleteDocument({ id }).catch(() => undefined); // lies in the trash already
    await documents.purgeDocument({ id });
  }
}

/** Has a paper in the archive for as long as `body` takes. */
export async function withPaper(context: BrowserContext, filename: string, file: Uint8Array<ArrayBuffer>, body: (id: string) => Promise<void>): Promise<void> {
  const id = await takeIn(context, filename, file);
  try {
    await body(id);
  } finally {
    await forget(context, [id]);
  }
}
