import { useMutation } from "@connectrpc/connect-query";
import { type Aspect, type Assignment, AssignmentService } from "@sdk/scriba/v1/assignments_pb.js";
import { Link } from "@tanstack/react-router";
import { Sparkles, Undo2 } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from "react-aria-components";

import { useFacts } from "@/document/panels/facts/facts";
import { giverWord, likelihoodWord, saidReason } from "@/document/panels/facts/reasons";
import { standingOf } from "@/document/panels/facts/standing";
import { useRefreshed } from "@/document/panels/refreshing";
import { useFormats } from "@/formats/formats";
import { Button } from "@/parts/Button";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

import style from "./Why.module.css";

interface WhyProps {
  readonly aspect: Aspect;
  /** The tag or the custom field. */
  readonly subject?: string;
  /** Shows the mark alone, where there is little room. */
  readonly isShort?: boolean;
}

/** Says who gave a value by itself, and opens why; shows nothing for what people gave. */
export function Why({ aspect, subject = "", isShort = false }: WhyProps) {
  const say = useWords();
  const { assignments } = useFacts();
  const standing = standingOf(assignments, aspect, subject);
  if (!standing) return null;
  const giver = say(giverWord(standing.giver));
  return (
    <DialogTrigger>
      <AriaButton className={style.mark ?? ""} aria-label={say("panels.why.open", { value: standing.value, giver })}>
        <Sparkles size={14} aria-hidden />
        {!isShort && <span>{giver}</span>}
      </AriaButton>
      <Popover className={style.popover ?? ""} placement="bottom start">
        <Dialog className={style.dialog ?? ""}>{({ close }) => <Reason assignment={standing} onClose={close} />}</Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Reason({ assignment, onClose }: { readonly assignment: Assignment; readonly onClose: () => void }) {
  const say = useWords();
  const formats = useFormats();
  const explain = useExplanation();
  const { document, mayEdit } = useFacts();
  const refresh = useRefreshed(document.id);
  const undoing = useMutation(AssignmentService.method.undoAssignment);
  const undo = async () => {
    onClose();
    try {
      await undoing.mutateAsync({ documentId: document.id, id: assignment.id });
      notify(say("panels.why.undone_now", { value: assignment.value }));
      await refresh();
    } catch (error) {
      notifyWrong(explain(error));
    }
  };
  return (
    <>
      <Heading slot="title" className={style.title ?? ""}>
        {say("panels.why.title", { value: assignment.value, giver: say(giverWord(assignment.giver)) })}
      </Heading>
      {assignment.reason !== "" && <p>{saidReason(assignment.reason, say)}</p>}
      <LikeLinks reason={assignment.reason} />
      <p className={style.small}>
        {assignment.score !== undefined && `${say(likelihoodWord(assignment.score))} (${formats.percent(assignment.score)}) · `}
        {formats.moment(assignment.time)}
        {assignment.before !== "" && ` · ${say("panels.why.before", { before: assignment.before })}`}
      </p>
      {mayEdit && (
        <Button icon={Undo2} onPress={() => void undo()}>
          {say("panels.why.undo")}
        </Button>
      )}
    </>
  );
}

/** The documents that a value was learned from. */
function LikeLinks({ reason }: { readonly reason: string }) {
  const ids = /^like documents? ([\d, ]+)$/.exec(reason)?.[1]?.split(", ") ?? [];
  return <DocumentLinks ids={ids} />;
}

export function DocumentLinks({ ids }: { readonly ids: readonly string[] }) {
  const say = useWords();
  if (ids.length === 0) return null;
  return (
    <ul className={style.like}>
      {ids.map((id) => (
        <li key={id}>
          <Link to="/documents/$documentId" params={{ documentId: id }}>
            {say("panels.document", { id })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
