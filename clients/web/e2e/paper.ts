/** PDFs for scenarios: pages of plain lines, with a text layer; locked with a password where one is given. */

import { createHash } from "node:crypto";

const PAD = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex");
const PERMISSIONS = -4;

/** Writes a PDF, a page for each text, lines parted as in the text. */
export function paper(pages: readonly string[], password?: string): Uint8Array<ArrayBuffer> {
  const id = createHash("md5").update(pages.join("\f")).digest();
  const lock = password === undefined ? null : lockOf(password, id);
  const kids = pages.map((_, place) => `${String(4 + 2 * place)} 0 R`).join(" ");
  const objects: Buffer[] = [
    Buffer.from("<< /Type /Catalog /Pages 2 0 R >>"),
    Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`),
    Buffer.from("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
  ];
  for (const text of pages) {
    const number = objects.length + 2;
    objects.push(Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${String(number)} 0 R >>`));
    const shown = text.split("\n").map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj T*`);
    const drawn = Buffer.from(`BT /F 14 Tf 18 TL 60 760 Td ${shown.join(" ")} ET`, "latin1");
    const bytes = lock ? rc4(objectKey(lock.key, number), drawn) : drawn;
    objects.push(Buffer.concat([Buffer.from(`<< /Length ${String(bytes.length)} >>\nstream\n`), bytes, Buffer.from("\nendstream")]));
  }
  const hex = (bytes: Buffer) => `<${bytes.toString("hex")}>`;
  const encrypted = lock ? ` /Encrypt << /Filter /Standard /V 1 /R 2 /P ${String(PERMISSIONS)} /O ${hex(lock.owner)} /U ${hex(lock.user)} >>` : "";
  return written(objects, `/Size ${String(objects.length + 1)} /Root 1 0 R /ID [${hex(id)} ${hex(id)}]${encrypted}`);
}

function written(objects: readonly Buffer[], trailer: string): Uint8Array<ArrayBuffer> {
  const parts = [Buffer.from("%PDF-1.4\n")];
  const places: number[] = [];
  let place = parts[0]?.length ?? 0;
  for (const [index, body] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${String(index + 1)} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    places.push(place);
    place += part.length;
    parts.push(part);
  }
  const lines = places.map((each) => `${String(each).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(Buffer.from(`xref\n0 ${String(objects.length + 1)}\n0000000000 65535 f \n${lines}trailer\n<< ${trailer} >>\nstartxref\n${String(place)}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(parts));
}

/** The standard handler's oldest way (PDF 1.4, 3.5.2), which every reader knows and which takes no more than this. */
function lockOf(password: string, id: Buffer): { readonly key: Buffer; readonly owner: Buffer; readonly user: Buffer } {
  const padded = Buffer.concat([Buffer.from(password, "latin1"), PAD]).subarray(0, 32);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  const key = md5(padded, owner, permissions, id).subarray(0, 5);
  return { key, owner, user: rc4(key, PAD) };
}

function objectKey(key: Buffer, number: number): Buffer {
  return md5(key, Buffer.from([number & 255, number >> 8, 0, 0, 0])).subarray(0, 10);
}

function md5(...parts: readonly Buffer[]): Buffer {
  return createHash("md5").update(Buffer.concat(parts)).digest();
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const box = Array.from({ length: 256 }, (_, index) => index);
  const swap = (one: number, other: number) => ([box[one], box[other]] = [box[other] ?? 0, box[one] ?? 0]);
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (box[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255;
      j = (j + (box[i] ?? 0)) & 255;
      swap(i, j);
      return byte ^ (box[((box[i] ?? 0) + (box[j] ?? 0)) & 255] ?? 0);
    }),
  );
}
