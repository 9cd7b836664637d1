import type { Document } from "@sdk/scriba/v1/documents_pb.js";

import { useMay } from "@/app/queries";
import { Access } from "@/document/panels/sharing/Access";
import { DocumentLinks } from "@/document/panels/sharing/DocumentLinks";

import style from "./sharing.module.css";

/** Who may see and edit a document, by account and by link. */
export function SharingPanel({ document }: { readonly document: Document }) {
  const may = useMay();
  return (
    <div className={style.sharing}>
      <Access documentId={document.id} isTrashed={document.deleteTime !== undefined} />
      {may.edit && <DocumentLinks document={document} />}
    </div>
  );
}
