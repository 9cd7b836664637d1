import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, type Label, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";
import { useMemo } from "react";

import { isSameName } from "@/parts/labelChoices";

const ALL = 1000;

/** The colours of tags by name, for chips; undefined for labels that are no tags. */
export function useTagColour(): (name: string) => string | undefined {
  const known = useKnownLabels(LabelKind.TAG);
  return (name) => colourIn(known, LabelKind.TAG, name);
}

export function colourIn(known: ReadonlyMap<string, Label>, kind: LabelKind, name: string): string | undefined {
  if (kind !== LabelKind.TAG) return undefined;
  for (const label of known.values()) if (isSameName(label.name, name)) return label.colour;
  return "";
}

/** The labels of a kind by id, as many as one answer holds: for what stands above a tag, and its colour. */
export function useKnownLabels(kind: LabelKind): ReadonlyMap<string, Label> {
  const { data } = useQuery(CatalogService.method.listLabels, { kind, pageSize: ALL }, { enabled: kind === LabelKind.TAG });
  return useMemo(() => new Map(data?.labels.map((label) => [label.id, label])), [data]);
}
