// A client on the generated SDK: its types make the bytes, grpc-js carries them. Uploads a file in chunks, then finds, lists and reads it back.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Client } from "@grpc/grpc-js";
import { DocumentService, DocumentState, FileKind, UploadDocumentRequestSchema } from "scriba-web/sdk/scriba/v1/documents_pb.js";
import { SearchService } from "scriba-web/sdk/scriba/v1/search_pb.js";
import { answerOf, codeOf, plainText, server, signed } from "./connection.mjs";

/** @import { DescMessage, DescMethod, MessageInitShape, MessageShape } from "@bufbuild/protobuf" */

const client = new Client(server, plainText);

/** @param {DescMethod} method */
const pathOf = (method) => `/${method.parent.typeName}/${method.name}`;

/**
 * @template {DescMessage} T
 * @param {T} schema
 * @returns {(message: MessageShape<T>) => Buffer}
 */
const writer = (schema) => (message) => Buffer.from(toBinary(schema, message));

/**
 * @template {DescMessage} T
 * @param {T} schema
 * @returns {(bytes: Buffer) => MessageShape<T>}
 */
const reader = (schema) => (bytes) => fromBinary(schema, bytes);

/**
 * Calls an RPC of one message and one answer.
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @param {DescMethod & { input: I, output: O }} method
 * @param {MessageInitShape<I>} fields
 * @param {import("@grpc/grpc-js").Metadata} [metadata]
 * @returns {Promise<MessageShape<O>>}
 */
function call(method, fields, metadata = signed()) {
  return answerOf((done) => {
    client.makeUnaryRequest(pathOf(method), writer(method.input), reader(method.output), create(method.input, fields), metadata, done);
  });
}

/** @param {Uint8Array} content */
async function upload(content) {
  const { input, output } = DocumentService.method.uploadDocument;
  return answerOf((/** @type {(error: Error | null, answer?: MessageShape<typeof output>) => void} */ done) => {
    const stream = client.makeClientStreamRequest(pathOf(DocumentService.method.uploadDocument), writer(input), reader(output), signed(), done);
    const sha256 = process.env["SHA256"] ?? "";
    const start = { requestId: "node-upload-1", filename: "från-node.txt", sizeBytes: BigInt(content.length), sha256, tags: ["node"] };
    stream.write(create(UploadDocumentRequestSchema, { part: { case: "start", value: start } }));
    for (let at = 0; at < content.length; at += 65536) {
      stream.write(create(UploadDocumentRequestSchema, { part: { case: "chunk", value: content.subarray(at, at + 65536) } }));
    }
    stream.end();
  });
}

/** @param {string} id */
async function download(id) {
  const { input, output } = DocumentService.method.downloadDocument;
  const request = create(input, { id, kind: FileKind.ORIGINAL });
  const path = pathOf(DocumentService.method.downloadDocument);
  const parts = [];
  const answers = client.makeServerStreamRequest(path, writer(input), reader(output), request, signed());
  for await (const { part } of /** @type {AsyncIterable<MessageShape<typeof output>>} */ (answers)) {
    if (part.case === "chunk") parts.push(part.value);
  }
  return Buffer.concat(parts);
}

const content = Buffer.alloc(200_000, "räksmörgås ");
const { document, duplicate } = await upload(content);
if (!document) throw new Error("no document");
const listed = await call(DocumentService.method.listDocuments, { pageSize: 10 });
const found = await call(SearchService.method.searchDocuments, { query: process.env["QUERY"] ?? "" });
const refused = await call(DocumentService.method.getDocument, { id: "no-such" }).then(() => "there", codeOf);

console.log(
  JSON.stringify({
    filename: document.originalFilename,
    state: DocumentState[document.state],
    tags: document.tags,
    duplicate,
    same_bytes: content.equals(await download(document.id)),
    listed: listed.documents.length,
    found: found.results.map((result) => result.document?.title),
    missing_is: refused,
  }),
);
client.close();
