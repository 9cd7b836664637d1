import { useInfiniteQuery } from "@connectrpc/connect-query";
import { FolderService, type PlacedDocument } from "@sdk/scriba/v1/folders_pb.js";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronRight, Folder as FolderIcon, FolderTree as TreeIcon, House } from "lucide-react";
import { Fragment } from "react";

import { useMay } from "@/app/queries";
import { useFormats } from "@/formats/formats";
import { crumbsOf } from "@/library/crumbs";
import { FolderTree } from "@/library/FolderTree";
import { Button } from "@/parts/Button";
import { Page } from "@/parts/Page";
import { Empty, Loading, Problem } from "@/parts/states";
import { Thumbnail } from "@/parts/Thumbnail";
import { refusalOf } from "@/transport/refusal";
import { useWords } from "@/words/words";

import style from "./FoldersPage.module.css";

const route = getRouteApi("/inside/folders");
const PAGE_SIZE = 200;

/** The folders that the templates of storage paths make: where there is room as a tree, and beside it what is in one of them. */
export function FoldersPage() {
  const say = useWords();
  const formats = useFormats();
  const { path = "" } = route.useSearch();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    FolderService.method.listFolders,
    { path, pageSize: PAGE_SIZE, pageToken: "" },
    { pageParamKey: "pageToken", getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined },
  );
  const folders = data?.pages.flatMap((page) => page.folders) ?? [];
  const documents = data?.pages.flatMap((page) => page.documents) ?? [];
  const [top] = data?.pages ?? [];
  return (
    <Page title={say("app.folders")}>
      <div className={style.body}>
        <div className={style.tree}>
          <FolderTree path={path} />
        </div>
        <div className={style.inside}>
          <Crumbs path={path} />
          {isPending && <Loading />}
          {error && (refusalOf(error).reason === "FOLDER_NOT_FOUND" ? <NoFolder /> : <Problem error={error} onRetry={() => void refetch()} />)}
          {top && (
            <p className={style.note} role="status">
              {say("library.folders.count", { count: Number(top.documentCount) })}
              {top.movingCount > 0n && ` ${say("library.folders.moving", { count: Number(top.movingCount) })}`}
            </p>
          )}
          {folders.length > 0 && (
            <ul className={style.folders} aria-label={say("app.folders")}>
              {folders.map((folder) => (
                <li key={folder.path}>
                  <Link to="/folders" search={{ path: folder.path }} className={style.folder}>
                    <FolderIcon size={22} aria-hidden />
                    <span title={folder.name}>{folder.name}</span>
                    <small>{formats.count(folder.documentCount)}</small>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {top && path === "" && folders.length === 0 && <FirstFolder />}
          {documents.length > 0 && (
            <ul className={style.documents} aria-label={say("app.documents")}>
              {documents.map((placed) => (
                <Placed key={placed.document?.id} placed={placed} />
              ))}
            </ul>
          )}
          {hasNextPage && (
            <Button isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
              {say("parts.more")}
            </Button>
          )}
        </div>
      </div>
    </Page>
  );
}

/** How folders come about, while there is none. */
function FirstFolder() {
  const say = useWords();
  const { edit } = useMay();
  return (
    <Empty icon={TreeIcon} title={say("library.folders.first.title")}>
      <p>{say("library.folders.first.text")}</p>
      {edit && (
        <Link to="/settings/$subject" params={{ subject: "labels" }} search={{ open: "paths/new" }}>
          {say("library.folders.first.make")}
        </Link>
      )}
    </Empty>
  );
}

/** A folder goes with its last document. */
function NoFolder() {
  const say = useWords();
  return (
    <Empty icon={TreeIcon} title={say("library.folders.gone.title")}>
      <p>{say("library.folders.gone.text")}</p>
    </Empty>
  );
}

function Placed({ placed: { name, document, problem } }: { readonly placed: PlacedDocument }) {
  const formats = useFormats();
  if (!document) return null;
  return (
    <li>
      <Link to="/documents/$documentId" params={{ documentId: document.id }} className={style.document}>
        <span className={style.picture}>
          <Thumbnail document={document} />
        </span>
        <span className={style.name}>
          {document.title || name}
          {!isNumber(name) && document.title !== name && <small>{name}</small>}
          {problem !== "" && <small className={style.problem}>{problem}</small>}
        </span>
        <small>{formats.day(document.createdDate)}</small>
      </Link>
    </li>
  );
}

/** A file that no template names is called by the document's number, which says nothing to a person. */
function isNumber(name: string): boolean {
  return /^\d+(\.\w+)?$/.test(name);
}

function Crumbs({ path }: { readonly path: string }) {
  const say = useWords();
  const crumbs = crumbsOf(path);
  return (
    <nav className={style.crumbs} aria-label={say("library.folders.way")}>
      {crumbs.length === 0 ? (
        <span aria-current="page">
          <House size={18} aria-hidden /> {say("library.folders.top")}
        </span>
      ) : (
        <Link to="/folders" search={{}}>
          <House size={18} aria-hidden /> {say("library.folders.top")}
        </Link>
      )}
      {crumbs.map((crumb, place) => (
        <Fragment key={crumb.path}>
          <ChevronRight size={16} aria-hidden />
          {place === crumbs.length - 1 ? (
            <span aria-current="page">{crumb.name}</span>
          ) : (
            <Link to="/folders" search={{ path: crumb.path }}>
              {crumb.name}
            </Link>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
