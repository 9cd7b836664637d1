import { getRouteApi } from "@tanstack/react-router";

import { FirstDocument, NoHit } from "@/library/empty";
import { Library } from "@/library/Library";
import { useWords } from "@/words/words";

const route = getRouteApi("/inside/documents");

export function DocumentsPage() {
  const say = useWords();
  const navigate = route.useNavigate();
  const state = route.useSearch();
  return (
    <Library
      title={say("app.documents")}
      state={state}
      onChange={(search, isStep) => void navigate({ search, replace: !isStep, resetScroll: search.q !== state.q })}
      empty={<FirstDocument />}
      noHit={<NoHit />}
    />
  );
}
