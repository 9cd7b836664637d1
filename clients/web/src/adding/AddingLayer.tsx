import { useQuery } from "@connectrpc/connect-query";
import { AdminService } from "@sdk/scriba/v1/admin_pb.js";
import { useCallback, useEffect, useState } from "react";

import { AddDialog } from "@/adding/AddDialog";
import { receiveGiven } from "@/adding/given";
import { closeAdding, useAddingIsOpen } from "@/adding/opening";
import { Strip } from "@/adding/strip/Strip";
import { type Given, NOTHING_GIVEN, wouldLose } from "@/adding/uploads/queue";
import { useUploadQueue, useUploads } from "@/adding/uploads/useUploads";
import { useMay } from "@/app/queries";
import { useWarningBeforeLoss } from "@/delivery/held";

/** What lies over every page: the ways to add documents, and at the foot what is at work. */
export function AddingLayer() {
  const { add } = useMay();
  return (
    <>
      {add && <Adding />}
      <Strip />
    </>
  );
}

function Adding() {
  const uploads = useUploads();
  const isOpen = useAddingIsOpen();
  const { edit } = useMay();
  const info = useQuery(AdminService.method.getServerInfo, {}).data;
  const [given, setGiven] = useState<Given>(NOTHING_GIVEN);
  const take = useCallback(
    (files: readonly File[]) => {
      void uploads.add(files, given, info ? Number(info.maxUploadBytes) : Infinity);
      setGiven(NOTHING_GIVEN);
      closeAdding();
    },
    [uploads, given, info],
  );
  useEffect(() => {
    void uploads.start();
    window.addEventListener("online", uploads.hurry);
    return () => {
      window.removeEventListener("online", uploads.hurry);
      uploads.stop();
    };
  }, [uploads]);
  useEffect(() => receiveGiven(take), [take]);
  useWarningBeforeLoss(wouldLose(useUploadQueue()));
  return <AddDialog isOpen={isOpen} info={info} given={given} mayMakeLabels={edit} onGiven={setGiven} onClose={closeAdding} onFiles={take} />;
}
