/** The addresses of all pages. Each room names its own; a room's code comes when somebody first goes there. */

import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";

import { textIn } from "@/app/address";
import { NowherePage } from "@/app/NowherePage";
import { sessionQuery } from "@/app/queries";
import { Shell } from "@/app/Shell";
import { Loading, Problem } from "@/parts/states";
import { insistently } from "@/delivery/coming";
import { useLoadingAnew } from "@/delivery/renewal";
import { libraryStateOf } from "@/library/state";
import { documentStateOf } from "@/document/state";
import { withAllWords } from "@/words/language";

interface Context {
  readonly queries: QueryClient;
}

/** A room's page, whose code comes when somebody first goes there. */
function pageOf<Room extends Record<string, unknown>, Name extends keyof Room>(read: () => Promise<Room>, name: Name) {
  return lazyRouteComponent(() => insistently(read), name);
}

function Anything() {
  useLoadingAnew();
  return <Outlet />;
}

const root = createRootRouteWithContext<Context>()({
  component: Anything,
  notFoundComponent: () => (
    <main>
      <NowherePage />
    </main>
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({ next: textIn(search, "next") }),
  component: pageOf(() => withAllWords(import("@/signing-in/SignInPage")), "SignInPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: pageOf(() => withAllWords(import("@/signing-in/InvitationPage")), "InvitationPage"),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.query({ ...sessionQuery, staleTime: "static" });
    if (session.user) return;
    if (session.firstRun) throw redirect({ to: "/invitation", replace: true });
    throw redirect({ to: "/sign-in", search: location.href === "/" ? {} : { next: location.href }, replace: true });
  },
});

const home = createRoute({ getParentRoute: () => inside, path: "/", component: pageOf(() => import("@/home/HomePage"), "HomePage") });

const inbox = createRoute({
  getParentRoute: () => inside,
  path: "/inbox",
  validateSearch: libraryStateOf,
  component: pageOf(() => import("@/library/InboxPage"), "InboxPage"),
});

const documents = createRoute({
  getParentRoute: () => inside,
  path: "/documents",
  validateSearch: libraryStateOf,
  component: pageOf(() => import("@/library/DocumentsPage"), "DocumentsPage"),
});

const view = createRoute({
  getParentRoute: () => inside,
  path: "/views/$viewId",
  validateSearch: libraryStateOf,
  component: pageOf(() => import("@/library/ViewPage"), "ViewPage"),
});

const trash = createRoute({
  getParentRoute: () => inside,
  path: "/trash",
  validateSearch: libraryStateOf,
  component: pageOf(() => import("@/library/TrashPage"), "TrashPage"),
});

const folders = createRoute({
  getParentRoute: () => inside,
  path: "/folders",
  validateSearch: (search: Record<string, unknown>): { path?: string | undefined } => ({ path: textIn(search, "path") }),
  component: pageOf(() => import("@/library/FoldersPage"), "FoldersPage"),
});

const document = createRoute({
  getParentRoute: () => inside,
  path: "/documents/$documentId",
  validateSearch: documentStateOf,
  component: pageOf(() => withAllWords(import("@/document/DocumentPage")), "DocumentPage"),
});

const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  component: pageOf(() => withAllWords(import("@/settings/SettingsPage")), "SettingsPage"),
});

const subject = createRoute({
  getParentRoute: () => settings,
  path: "$subject",
  // `open` is the thing that is open, `document` the one that something is tried on.
  validateSearch: (search: Record<string, unknown>): { open?: string | undefined; document?: string | undefined } => ({ open: textIn(search, "open"), document: textIn(search, "document") }),
  component: pageOf(() => withAllWords(import("@/settings/SubjectPage")), "SubjectPage"),
});

const tree = root.addChildren([
  signIn,
  invitation,
  inside.addChildren([home, inbox, documents, view, trash, folders, document, settings.addChildren([subject])]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => <Problem error={error} onRetry={reset} />,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
