/** An upload link as its form has it: out of the archive, and what is sent of it; pure. */

import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Source, SourceSchema } from "@sdk/scriba/v1/sources_pb.js";

import { downloadsFrom, endOfDay } from "@/document/panels/sharing/linkTerms";

export type FileKinds = "all" | "papers" | "pictures";

export interface SourceForm {
  readonly name: string;
  readonly tags: readonly string[];
  readonly correspondent: string;
  readonly documentType: string;
  readonly storagePath: string;
  /** ISO 8601, "" for no end. */
  readonly until: string;
  readonly files: string;
  /** The most of one file, in megabytes. */
  readonly megabytes: string;
  readonly kinds: FileKinds;
  /** Undefined leaves it as it is. */
  readonly password: string | undefined;
}

const MEGA = 1_000_000;
const KINDS: Readonly<Record<FileKinds, readonly string[]>> = { all: [], papers: ["application/pdf", "image/*"], pictures: ["image/*"] };

export const NEW_SOURCE: SourceForm = { name: "", tags: [], correspondent: "", documentType: "", storagePath: "", until: "", files: "", megabytes: "", kinds: "all", password: "" };

export function formOf(source: Source): SourceForm {
  const kinds = (Object.keys(KINDS) as FileKinds[]).find((each) => KINDS[each].join() === source.mimeTypes.join());
  return {
    name: source.name,
    tags: source.tags,
    correspondent: source.correspondent,
    documentType: source.documentType,
    storagePath: source.storagePath,
    until: source.expireTime ? localDay(timestampDate(source.expireTime)) : "",
    files: source.maxFiles === 0 ? "" : String(source.maxFiles),
    megabytes: source.maxFileBytes === 0n ? "" : String(Number(source.maxFileBytes) / MEGA),
    kinds: kinds ?? "all",
    password: undefined,
  };
}

/** Which boxes hold what cannot be sent. */
export function mistakesIn({ files, megabytes }: SourceForm): { readonly files: boolean; readonly megabytes: boolean } {
  return { files: downloadsFrom(files) === null, megabytes: downloadsFrom(megabytes) === null };
}

export function sourceFrom(form: SourceForm): MessageInitShape<typeof SourceSchema> {
  const expireTime = endOfDay(form.until);
  return {
    name: form.name.trim(),
    tags: [...form.tags],
    correspondent: form.correspondent,
    documentType: form.documentType,
    storagePath: form.storagePath,
    maxFiles: downloadsFrom(form.files) ?? 0,
    maxFileBytes: BigInt((downloadsFrom(form.megabytes) ?? 0) * MEGA),
    mimeTypes: [...KINDS[form.kinds]],
    ...(expireTime && { expireTime }),
    ...(form.password !== undefined && { password: form.password }),
  };
}

const PATHS: readonly (readonly [keyof SourceForm, string])[] = [
  ["name", "name"],
  ["tags", "tags"],
  ["correspondent", "correspondent"],
  ["documentType", "document_type"],
  ["storagePath", "storage_path"],
  ["until", "expire_time"],
  ["files", "max_files"],
  ["megabytes", "max_file_bytes"],
  ["kinds", "mime_types"],
  ["password", "password"],
];

/** Names what one changed, so that what a form cannot show stays as it is. */
export function changedPaths(before: SourceForm, after: SourceForm): string[] {
  return PATHS.filter(([part]) => JSON.stringify(before[part]) !== JSON.stringify(after[part])).map(([, path]) => path);
}

function localDay(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
