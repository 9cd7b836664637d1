/** Saved views: changed, deleted with a way back, and put in another order. */

import { useTransport, callUnaryMethod } from "@connectrpc/connect-query";
import { CatalogService, type View } from "@sdk/scriba/v1/catalog_pb.js";
import { type ItemPermissions, PermissionService } from "@sdk/scriba/v1/permissions_pb.js";
import { useQueryClient } from "@tanstack/react-query";

import { readAnew } from "@/library/readAnew";
import { notify, notifyWrong } from "@/parts/notices";
import { useExplanation } from "@/parts/states";
import { useWords } from "@/words/words";

export interface ViewDeeds {
  readonly change: (view: View, next: Partial<View>, paths: readonly string[]) => Promise<void>;
  /** Deletes it, and tells so with a way back; `onRestored` is told what it became, which has another id. */
  readonly remove: (view: View, onRestored?: (again: View) => void) => Promise<void>;
  /** Does something, and tells in a notice what went wrong with it. */
  readonly told: (act: () => Promise<void>) => void;
}

export function useViewDeeds(): ViewDeeds {
  const say = useWords();
  const explain = useExplanation();
  const transport = useTransport();
  const queries = useQueryClient();
  const told = (act: () => Promise<void>) => void act().catch((error: unknown) => notifyWrong(explain(error)));
  const change = async (view: View, next: Partial<View>, paths: readonly string[]) => {
    await callUnaryMethod(transport, CatalogService.method.updateView, { view: { ...view, ...next }, updateMask: { paths: [...paths] } });
    await readAnew(queries);
  };
  const restore = async (view: View, permissions: ItemPermissions | undefined): Promise<View | undefined> => {
    const { view: again } = await callUnaryMethod(transport, CatalogService.method.createView, { view: { ...view, id: "", etag: "" } });
    if (again && permissions) {
      const { ownerId, grants } = permissions;
      const items = [{ what: { case: "viewId" as const, value: again.id } }];
      await callUnaryMethod(transport, PermissionService.method.updateItemPermissions, { items, ownerId, grants: { grants } });
    }
    await readAnew(queries);
    return again;
  };
  const remove = async (view: View, onRestored?: (again: View) => void) => {
    const items = [{ what: { case: "viewId" as const, value: view.id } }];
    const { permissions } = await callUnaryMethod(transport, PermissionService.method.getItemPermissions, { items });
    await callUnaryMethod(transport, CatalogService.method.deleteView, { id: view.id, etag: view.etag });
    const undo = async () => {
      const again = await restore(view, permissions[0]);
      if (again) onRestored?.(again);
    };
    await readAnew(queries);
    notify(say("library.view.deleted", { name: view.name }), () => told(undo));
  };
  return { change, remove, told };
}

/** Gives those whose number must be another for them to stand in this order: as few as can be. */
export function renumbered(order: readonly View[]): { readonly view: View; readonly position: number }[] {
  let least = 0;
  return order.flatMap((view) => {
    const position = Math.max(view.position, least);
    least = position + 1;
    return position === view.position ? [] : [{ view, position }];
  });
}
