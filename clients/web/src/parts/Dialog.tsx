import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { IconButton } from "@/parts/Button";
import { useWords } from "@/words/words";

import style from "./Dialog.module.css";

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
  readonly size?: "narrow" | "wide";
}

/** Asks for what is needed to go on; what can be undone is done at once instead, and told by a notice. */
export function Dialog({ title, isOpen, onClose, children, actions, size = "narrow" }: DialogProps) {
  const say = useWords();
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable className={style.veil ?? ""}>
      <Modal className={style.modal ?? ""} data-size={size}>
        <AriaDialog className={style.dialog ?? ""}>
          <header className={style.header}>
            <Heading slot="title">{title}</Heading>
            <IconButton icon={X} label={say("parts.close")} onPress={onClose} />
          </header>
          <div className={style.body}>{children}</div>
          {actions && <footer className={style.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
