import { useQuery } from "@connectrpc/connect-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";

import { useMay, useSignedIn } from "@/app/queries";
import { useHasBeenQuiet } from "@/app/quiet";
import { AttentionSection } from "@/home/AttentionSection";
import { greetingAt } from "@/home/greeting";
import { RecentSection } from "@/home/RecentSection";
import { StorageSection } from "@/home/StorageSection";
import { DashboardViews } from "@/home/DashboardViews";
import { KindsSection } from "@/home/types/KindsSection";
import { FirstDocument } from "@/library/empty";
import { later } from "@/parts/later";
import { Page } from "@/parts/Page";
import { Loading } from "@/parts/states";
import { withAllWords } from "@/words/language";
import { useWords } from "@/words/words";

import style from "./home.module.css";

const SuggestionSection = later(async () => (await withAllWords(import("@/home/suggestions/SuggestionSection"))).SuggestionSection);
const GrowthSection = later(async () => (await import("@/home/growth/GrowthSection")).GrowthSection, <Loading />);

/** What needs somebody, what is new, and how the archive grows. */
export function HomePage() {
  const say = useWords();
  const { name } = useSignedIn();
  const { edit } = useMay();
  const isQuiet = useHasBeenQuiet(); // for what draws in the code of whole forms
  const { data } = useQuery(AdminService.method.getStatistics, {});
  const isEmpty = data?.documents === 0n && data.jobsQueued + data.jobsRunning === 0n;
  return (
    <Page title={say(`home.greeting.${greetingAt(new Date().getHours())}`, { name })}>
      {isEmpty ? (
        <FirstDocument />
      ) : (
        <div className={style.home}>
          <AttentionSection />
          {edit && isQuiet && <SuggestionSection />}
          <RecentSection />
          <DashboardViews />
          <GrowthSection />
          <div className={style.pair}>
            <KindsSection />
          </div>
          {data && <StorageSection statistics={data} />}
        </div>
      )}
    </Page>
  );
}
