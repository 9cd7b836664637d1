import { createClient } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { DocumentService } from "@sdk/scriba/v1/documents_pb.js";
import { useMemo } from "react";

import type { Files } from "@/document/files";

/** The files of the archive, streamed over the page's transport. */
export function useFiles(): Files {
  const transport = useTransport();
  return useMemo(() => createClient(DocumentService, transport), [transport]);
}
