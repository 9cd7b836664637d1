import { getRouteApi } from "@tanstack/react-router";

import { EmptyTrash, NoHit } from "@/library/empty";
import { Library } from "@/library/Library";
import { useWords } from "@/words/words";

const route = getRouteApi("/inside/trash");

/** What was deleted and can still be taken back. */
export function TrashPage() {
  const say = useWords();
  const navigate = route.useNavigate();
  const state = route.useSearch();
  return (
    <Library
      title={say("app.trash")}
      isTrash
      state={state}
      onChange={(search, isStep) => void navigate({ search, replace: !isStep })}
      empty={<EmptyTrash />}
      noHit={<NoHit />}
    />
  );
}
