import { getRouteApi } from "@tanstack/react-router";

import { InboxZero, NoHit } from "@/library/empty";
import { Library } from "@/library/Library";
import { useWords } from "@/words/words";

const route = getRouteApi("/inside/inbox");

/** Documents that bear a tag which marks what is new. */
export function InboxPage() {
  const say = useWords();
  const navigate = route.useNavigate();
  const state = route.useSearch();
  return (
    <Library
      title={say("app.inbox")}
      state={state}
      within="is:inbox"
      onChange={(search, isStep) => void navigate({ search, replace: !isStep, resetScroll: search.q !== state.q })}
      empty={<InboxZero />}
      noHit={<NoHit />}
    />
  );
}
