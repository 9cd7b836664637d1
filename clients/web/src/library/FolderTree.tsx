import { useNavigate } from "@tanstack/react-router";
import { ChevronRight, Folder as FolderIcon, FolderOpen } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, Collection, Tree, TreeItem, TreeItemContent } from "react-aria-components";

import { useFormats } from "@/formats/formats";
import { type Branch, isIn, useFolderTree, foldersAbove } from "@/library/folders";
import { useWords } from "@/words/words";

import style from "./FolderTree.module.css";

/** All folders below each other, opened and closed as one likes; the one that the page shows is marked, and in sight. */
export function FolderTree({ path }: { readonly path: string }) {
  const say = useWords();
  const navigate = useNavigate();
  const [open, setOpen] = useOpenFolders(path);
  const branches = useFolderTree(open);
  const tree = useScrolledTo(path, isIn(branches, path));
  if (branches.length === 0) return null;
  return (
    <div ref={tree} className={style.place}>
      <Tree
        aria-label={say("library.folders.tree")}
        className={style.tree ?? ""}
        items={withIds(branches)}
        expandedKeys={open}
        onExpandedChange={(keys) => setOpen(new Set([...keys].map(String)))}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={path === "" ? [] : [path]}
        onSelectionChange={(keys) => {
          for (const chosen of keys === "all" ? [] : keys) void navigate({ to: "/folders", search: { path: String(chosen) } });
        }}
      >
        {(branch) => <BranchItem branch={branch} />}
      </Tree>
    </div>
  );
}

function BranchItem({ branch: { folder, below } }: { readonly branch: Branch }) {
  const say = useWords();
  const formats = useFormats();
  return (
    <TreeItem id={folder.path} textValue={`${folder.name}, ${say("library.count", { count: Number(folder.documentCount) })}`} className={style.item ?? ""}>
      <TreeItemContent>
        {({ isExpanded, hasChildItems }) => (
          <span className={style.row}>
            {hasChildItems ? (
              <Button slot="chevron" className={style.chevron ?? ""}>
                <ChevronRight size={16} aria-hidden />
              </Button>
            ) : (
              <span />
            )}
            {isExpanded && hasChildItems ? <FolderOpen size={18} aria-hidden /> : <FolderIcon size={18} aria-hidden />}
            <span className={style.name} title={folder.name}>
              {folder.name}
            </span>
            <small>{formats.count(folder.documentCount)}</small>
          </span>
        )}
      </TreeItemContent>
      {folder.hasFolders && below === undefined ? (
        // What it will be opened to: without one, the tree's keys would not open it.
        <TreeItem id={`${folder.path}/`} textValue={say("parts.loading")} isDisabled className={style.item ?? ""}>
          <TreeItemContent>
            <span className={style.waiting}>{say("parts.loading")}</span>
          </TreeItemContent>
        </TreeItem>
      ) : (
        <Collection items={withIds(below ?? [])}>{(each) => <BranchItem branch={each} />}</Collection>
      )}
    </TreeItem>
  );
}

function withIds(branches: readonly Branch[]) {
  return branches.map((branch) => ({ ...branch, id: branch.folder.path }));
}

/** Holds which folders are open; those that lead to the one that is shown are opened as it comes. */
function useOpenFolders(path: string) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(path)));
  const [shown, setShown] = useState(path);
  if (shown !== path) {
    setShown(path);
    setOpen(new Set([...open, ...foldersAbove(path)]));
  }
  return [open, setOpen] as const;
}

/** Brings the marked folder into sight, once it is there. */
function useScrolledTo(path: string, isThere: boolean) {
  const tree = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isThere) tree.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [path, isThere]);
  return tree;
}
