// A client that knows nothing of Scriba but its .proto files, which it loads while it runs.
import { readdirSync } from "node:fs";
import { Metadata, loadPackageDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { answerOf, codeOf, plainText, server, signed } from "./connection.mjs";

/** @import { Client } from "@grpc/grpc-js" */
/** @typedef {{ documents: { title: string }[], total_size: string }} Listed */
/** @typedef {{ ListDocuments: (request: object, metadata: Metadata, done: (error: Error | null, answer?: Listed) => void) => void }} Documents */
/** @typedef {new (...args: ConstructorParameters<typeof Client>) => Client & Documents} DocumentsConstructor */

const root = process.env["PROTO"] ?? "proto";
const files = readdirSync(`${root}/scriba/v1`).filter((file) => file.endsWith(".proto"));
const definition = loadSync(files.map((file) => `scriba/v1/${file}`), { includeDirs: [root], keepCase: true, enums: String, longs: String });
/** @type {unknown} */
const loaded = loadPackageDefinition(definition);
const { DocumentService } = /** @type {{ scriba: { v1: { DocumentService: DocumentsConstructor } } }} */ (loaded).scriba.v1;
const client = new DocumentService(server, plainText);

/** @param {Metadata} metadata */
const list = (metadata) =>
  answerOf((/** @type {(error: Error | null, answer?: Listed) => void} */ done) => {
    client.ListDocuments({ page_size: 2 }, metadata, done);
  });

const answer = await list(signed());
const denied = await list(new Metadata()).then(() => "let in", codeOf);
console.log(JSON.stringify({ titles: answer.documents.map((document) => document.title), total: answer.total_size, without_a_token: denied }));
client.close();
