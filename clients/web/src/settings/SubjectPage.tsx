import { useParams } from "@tanstack/react-router";
import { Suspense } from "react";

import { NowherePage } from "@/app/NowherePage";
import { useMay } from "@/app/queries";
import { Loading } from "@/parts/states";
import { groupsFor, subjectCalled } from "@/settings/subjects";

/** The subject that the address names; one that somebody may not use looks as if there were none. */
export function SubjectPage() {
  const { subject } = useParams({ from: "/inside/settings/$subject" });
  const open = subjectCalled(subject, groupsFor(useMay()));
  if (!open) return <NowherePage />;
  const { page: Subject } = open;
  return (
    <Suspense key={open.id} fallback={<Loading />}>
      <Subject />
    </Suspense>
  );
}
