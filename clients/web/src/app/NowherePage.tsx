import { Link } from "@tanstack/react-router";
import { MapPinOff } from "lucide-react";

import { useTitle } from "@/parts/Page";
import { Empty } from "@/parts/states";
import { useWords } from "@/words/words";

/** For addresses that lead nowhere; what one may not see looks the same. */
export function NowherePage() {
  const say = useWords();
  useTitle(say("app.nowhere.title"));
  return (
    <Empty icon={MapPinOff} heading="h1" title={say("app.nowhere.title")}>
      <p>{say("app.nowhere.text")}</p>
      <Link to="/">{say("app.nowhere.home")}</Link>
    </Empty>
  );
}
