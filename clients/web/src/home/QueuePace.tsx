import { useQuery } from "@connectrpc/connect-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";

import { useFormats } from "@/formats/formats";
import { paceOf, secondsFor } from "@/settings/nodes/pace";
import { useWords } from "@/words/words";

const LOOK_MILLISECONDS = 5_000;

/** How fast pages are read at present, and until when those that wait will be. */
export function QueuePace({ pages }: { readonly pages: number }) {
  const say = useWords();
  const { span } = useFormats();
  const nodes = useQuery(AdminService.method.listNodes, {}, { refetchInterval: LOOK_MILLISECONDS }).data?.nodes;
  if (!nodes) return null;
  const pace = paceOf(nodes.filter(({ alive }) => alive));
  const seconds = pages > 0 ? secondsFor(pages, pace) : null;
  return <small>{seconds === null ? say("home.pace", { pages: pace.minute }) : say("home.pace.until", { pages: pace.minute, time: span(seconds) })}</small>;
}
