import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";

import { addressOf, type Place } from "@/settings/mail/place";

import style from "./mail.module.css";

/** Gives a function that opens a place of this room; `replace` where the way back should not lead to the one before. */
export function useGo(): (place: Place, replace?: boolean) => void {
  const navigate = useNavigate();
  return (place, replace = false) => void navigate({ to: "/settings/$subject", params: { subject: "mail" }, search: { open: addressOf(place) }, replace, resetScroll: !replace });
}

interface PlaceLinkProps {
  readonly to: Place;
  readonly children: ReactNode;
}

export function PlaceLink({ to, children }: PlaceLinkProps) {
  return (
    <Link to="/settings/$subject" params={{ subject: "mail" }} search={{ open: addressOf(to) }}>
      {children}
    </Link>
  );
}

export function BackLink({ to, children }: PlaceLinkProps) {
  return (
    <Link to="/settings/$subject" params={{ subject: "mail" }} search={{ open: addressOf(to) }} className={style.back}>
      <ChevronLeft size={18} aria-hidden /> {children}
    </Link>
  );
}
