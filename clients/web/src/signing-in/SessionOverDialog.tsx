import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { sessionQuery } from "@/app/queries";
import { lookAgain, signInAddress } from "@/app/sessionWatch";
import { tellOtherTabs } from "@/app/tabs";
import { SignInForm } from "@/signing-in/SignInForm";
import { useWords } from "@/words/words";

import style from "./SessionOver.module.css";

/** Asks for the password again over a page whose session has ended, so that nothing typed there is lost; hides what is there meanwhile. */
export function SessionOverDialog() {
  const say = useWords();
  const client = useQueryClient();
  const { data: session } = useQuery({ ...sessionQuery, enabled: false });
  const comeBack = async () => {
    await lookAgain(client, false);
    tellOtherTabs();
  };
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={style.veil ?? ""}>
      <Modal className={style.card ?? ""}>
        <Dialog className={style.dialog ?? ""}>
          <Heading slot="title">{say("signing_in.over")}</Heading>
          <p>{say("signing_in.over.about")}</p>
          {session?.password && <SignInForm name={session.user?.name} onSignedIn={comeBack} />}
          <a href={signInAddress()}>{say(session?.password ? "signing_in.over.somebody_else" : "signing_in.go")}</a>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
