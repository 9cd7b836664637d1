/** The folders that are open in the tree, and what is in them. */

import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod, createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { type Folder, FolderService } from "@sdk/scriba/v1/folders_pb.js";
import { useQueries } from "@tanstack/react-query";

import { crumbsOf } from "@/library/crumbs";

const PAGE = 200;

export interface Branch {
  readonly folder: Folder;
  /** Undefined until somebody opens it. */
  readonly below: readonly Branch[] | undefined;
}

/** Gives the tree from the top, as far as it is open. */
export function useFolderTree(open: ReadonlySet<string>): readonly Branch[] {
  const transport = useTransport();
  const paths = ["", ...open];
  const answers = useQueries({
    queries: paths.map((path) => ({
      // Begins as connect-query's keys do, so that who asks for lists to be read anew reaches these too.
      queryKey: [...createConnectQueryKey({ schema: FolderService.method.listFolders, input: { path }, transport, cardinality: "finite" }), "folders"],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => foldersIn(transport, path, signal),
    })),
  });
  return branchesIn(new Map(paths.map((path, place) => [path, answers[place]?.data])), "");
}

/** Reads all folders in one; they come before its documents, with the first of which they are all there. */
async function foldersIn(transport: Transport, path: string, signal: AbortSignal): Promise<readonly Folder[]> {
  const found: Folder[] = [];
  let pageToken = "";
  do {
    const { folders, documents, nextPageToken } = await callUnaryMethod(transport, FolderService.method.listFolders, { path, pageSize: PAGE, pageToken }, { signal });
    found.push(...folders);
    pageToken = documents.length > 0 ? "" : nextPageToken;
  } while (pageToken !== "");
  return found;
}

/** Puts folders below those that they are in. */
export function branchesIn(found: ReadonlyMap<string, readonly Folder[] | undefined>, path: string): readonly Branch[] {
  return (found.get(path) ?? []).map((folder) => ({ folder, below: found.get(folder.path) && branchesIn(found, folder.path) }));
}

/** Lists the folders that lead to one, from the top: all must be open for it to be in sight. */
export function foldersAbove(path: string): readonly string[] {
  return crumbsOf(path).slice(0, -1).map((crumb) => crumb.path);
}

export function isIn(branches: readonly Branch[], path: string): boolean {
  return branches.some(({ folder, below = [] }) => folder.path === path || isIn(below, path));
}
