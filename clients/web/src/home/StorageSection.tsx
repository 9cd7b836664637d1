import { useQuery } from "@connectrpc/connect-query";
import { AdminService, type GetStatisticsResponse } from "@sdk/scriba/v1/admin_pb.js";

import { useFormats } from "@/formats/formats";
import { usePace } from "@/home/usePace";
import { Meter } from "@/parts/Meter";
import { useWords } from "@/words/words";

import style from "./home.module.css";

/** How much there is, and the room that it takes. */
export function StorageSection({ statistics }: { readonly statistics: GetStatisticsResponse }) {
  const say = useWords();
  const { count, size } = useFormats();
  const { documents, pages, originalBytes, archiveBytes, indexBytes } = statistics;
  const pace = usePace();
  const facts = [
    [say("home.documents"), count(documents)],
    [say("home.pages"), count(pages)],
    [say("home.storage.pace"), count(pace?.minute ?? 0)],
    [say("home.storage.originals"), size(originalBytes)],
    [say("home.storage.archive"), size(archiveBytes)],
    [say("home.storage.index"), size(indexBytes)],
  ] as const;
  return (
    <section className={style.section} aria-labelledby="storage">
      <h2 id="storage">{say("home.storage")}</h2>
      <dl className={style.figures}>
        {facts.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <Disk />
    </section>
  );
}

/** Room on the disk; told to those alone who see all documents. */
function Disk() {
  const say = useWords();
  const { size } = useFormats();
  const { data } = useQuery(AdminService.method.getAttention, {});
  if (data?.freeBytes === undefined || data.diskBytes === undefined) return null;
  const [free, whole] = [Number(data.freeBytes), Number(data.diskBytes)];
  return <Meter label={say("home.storage.free", { free: size(free), whole: size(whole) })} done={whole - free} total={whole} />;
}
