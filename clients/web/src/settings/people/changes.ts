import { createConnectQueryKey, useMutation, useTransport, callUnaryMethod } from "@connectrpc/connect-query";
import { create, type DescMessage, type DescMethodUnary } from "@bufbuild/protobuf";
import { FieldMaskSchema } from "@bufbuild/protobuf/wkt";
import { IdentityService, type User } from "@sdk/scriba/v1/identity_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";

/** What an administrator changes of a user. */
export type UserFacts = Partial<Pick<User, "name" | "role" | "email" | "disabled">>;

/** Gives a function that asks anew for all that is told of users and groups. */
export function usePeopleChange(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: createConnectQueryKey({ schema: IdentityService, cardinality: undefined }) });
}

/** Gives a function that changes a user, tells it, and takes it back when asked to. */
export function useUserUpdate(): (user: User, facts: UserFacts, told: string) => Promise<void> {
  const tellChange = usePeopleChange();
  const transport = useTransport();
  const explain = useExplanation();
  const write = async (id: string, facts: UserFacts, etag = "") => {
    const updateMask = create(FieldMaskSchema, { paths: Object.keys(facts) });
    await callUnaryMethod(transport, IdentityService.method.updateUser, { user: { id, etag, ...facts }, updateMask });
    await tellChange();
  };
  return async (user, facts, told) => {
    await write(user.id, facts, user.etag);
    // Who was disabled has lost his sessions and tokens: nothing brings those back.
    const undo = facts.disabled === true ? undefined : () => void write(user.id, factsBefore(user, facts)).catch((error: unknown) => notifyWrong(explain(error)));
    notify(told, undo);
  };
}

/** The values of before, of what is changed alone. */
export function factsBefore(user: User, facts: UserFacts): UserFacts {
  return Object.fromEntries(Object.keys(facts).map((name) => [name, user[name as keyof UserFacts]]));
}

/** As useMutation for calls of this service, with all lists asked for anew, and what goes wrong told. */
export function usePeopleMutation<I extends DescMessage, O extends DescMessage>(method: DescMethodUnary<I, O>) {
  const tellChange = usePeopleChange();
  const explain = useExplanation();
  return useMutation(method, { onSuccess: tellChange, onError: (error) => notifyWrong(explain(error)) });
}
