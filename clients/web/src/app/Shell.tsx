import { useQuery } from "@connectrpc/connect-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { CatalogService } from "@sdk/scriba/v1/catalog_pb.js";
import { Bookmark, FolderTree, House, Inbox, Library, Settings, Sparkles, Trash2, WifiOff, type LucideIcon } from "lucide-react";
import { useEffect, useMemo, useState } from "react";

import { useShortcuts, type Shortcut } from "@/app/keys/shortcuts";
import { useConnection } from "@/app/online";
import { AccountMenu } from "@/app/AccountMenu";
import { useMay } from "@/app/queries";
import { useHasBeenQuiet } from "@/app/quiet";
import { AddButton } from "@/adding/AddButton";
import { FileDoor } from "@/adding/FileDoor";
import { useIsGiven } from "@/adding/given";
import { useAddingIsOpen } from "@/adding/opening";
import { loadAnew, useIsRenewed } from "@/delivery/renewal";
import { later, readTheRest } from "@/parts/later";
import { withAllWords } from "@/words/language";
import { useWords, type WordId } from "@/words/words";

import style from "./Shell.module.css";

const KeyList = later(async () => (await import("@/app/keys/KeyList")).KeyList);
const AddingLayer = later(async () => (await withAllWords(import("@/adding/AddingLayer"))).AddingLayer);

interface Place {
  readonly to: "/" | "/inbox" | "/documents" | "/folders" | "/trash" | "/settings";
  readonly word: WordId;
  readonly icon: LucideIcon;
  readonly keys: string;
}

const PLACES: readonly Place[] = [
  { to: "/", word: "app.home", icon: House, keys: "g h" },
  { to: "/inbox", word: "app.inbox", icon: Inbox, keys: "g i" },
  { to: "/documents", word: "app.documents", icon: Library, keys: "g d" },
  { to: "/folders", word: "app.folders", icon: FolderTree, keys: "g f" },
  { to: "/trash", word: "app.trash", icon: Trash2, keys: "g t" },
  { to: "/settings", word: "app.settings", icon: Settings, keys: "g s" },
];

/** What stands around every page for who is signed in. */
export function Shell() {
  const say = useWords();
  const isConnected = useConnection();
  const [showsKeys, setShowsKeys] = useState(false);
  const isRenewed = useIsRenewed();
  const { add } = useMay();
  useShortcuts(usePlaceKeys(setShowsKeys));
  return (
    <div className={style.shell}>
      <a href="#content" className={style.skip}>
        {say("app.skip")}
      </a>
      <nav className={style.navigation} aria-label={say("app.navigation")}>
        <Link to="/" className={style.mark} aria-label="Scriba">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>Scriba</span>
        </Link>
        <ul className={style.places}>
          {add && (
            <li data-place="add">
              <AddButton />
            </li>
          )}
          {PLACES.map(({ to, word, icon: Icon }) => (
            <li key={to} data-place={to}>
              <Link to={to} className={style.place} activeOptions={{ exact: to === "/" }}>
                <Icon size={20} aria-hidden />
                <span>{say(word)}</span>
              </Link>
            </li>
          ))}
        </ul>
        <SidebarViews />
        <AccountMenu />
      </nav>
      <main id="content" className={style.main} tabIndex={-1}>
        {!isConnected && (
          <p className={style.offline} role="status">
            <WifiOff size={18} aria-hidden /> {say("app.offline")}
          </p>
        )}
        {isRenewed && (
          <div className={style.renewed} role="status">
            <Sparkles size={18} aria-hidden /> <span>{say("app.renewed")}</span>
            <button type="button" className={style.anew} onClick={loadAnew}>
              {say("app.load_anew")}
            </button>
          </div>
        )}
        <Outlet />
      </main>
      {add && <FileDoor />}
      <AfterAll />
      {showsKeys && <KeyList isOpen onClose={() => setShowsKeys(false)} />}
    </div>
  );
}

/** What no page waits for: the ways to add documents, and what is at work. Once it is there it stays, since it sends files. */
function AfterAll() {
  const [isWanted, setWanted] = useState(false);
  const isQuiet = useHasBeenQuiet();
  const isAdding = useAddingIsOpen();
  const isGiven = useIsGiven();
  if (!isWanted && (isQuiet || isAdding || isGiven)) setWanted(true);
  useEffect(() => {
    if (isQuiet) void readTheRest();
  }, [isQuiet]);
  return isWanted ? <AddingLayer /> : null;
}

function SidebarViews() {
  const say = useWords();
  const views = useQuery(CatalogService.method.listViews, {}).data?.views.filter((view) => view.sidebar) ?? [];
  if (views.length === 0) return null;
  return (
    <section className={style.views} aria-labelledby="sidebar-views">
      <h2 id="sidebar-views">{say("app.views")}</h2>
      <ul>
        {views.map((view) => (
          <li key={view.id}>
            <Link to="/views/$viewId" params={{ viewId: view.id }} className={style.place}>
              <Bookmark size={18} aria-hidden />
              <span>{view.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function usePlaceKeys(showKeys: (shown: boolean) => void): readonly Shortcut[] {
  const navigate = useNavigate();
  return useMemo(
    () => [
      { keys: "Shift+?", word: "app.keys.help", act: () => showKeys(true) },
      ...PLACES.map(({ to, word, keys }) => ({ keys, word, act: () => void navigate({ to }) })),
    ],
    [navigate, showKeys],
  );
}
