import type { Role } from "@sdk/scriba/v1/access_pb.js";

import { Radios } from "@/parts/Radios";
import { ROLES, wordOfRole } from "@/settings/roles";
import { useWords } from "@/words/words";

interface RoleRadiosProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

export function RoleRadios({ value, onChange }: RoleRadiosProps) {
  const say = useWords();
  const options = ROLES.map((role) => {
    const word = wordOfRole(role);
    return { value: String(role), text: word ? say(word) : "", about: word ? say(`${word}.about`) : "" };
  });
  return <Radios label={say("role")} value={String(value)} onChange={(chosen) => onChange(ROLES.find((role) => String(role) === chosen) ?? value)} options={options} />;
}
