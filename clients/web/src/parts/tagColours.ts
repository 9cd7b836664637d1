import { useQuery } from "@connectrpc/connect-query";
import { CatalogService, type Label, LabelKind } from "@sdk/scriba/v1/catalog_pb.js";

import { plainName } from "@/parts/labelChoices";

const ALL = 1000;
const NONE: readonly Label[] = [];

/** The labels of one answer. */
interface KnownLabels {
  readonly byId: ReadonlyMap<string, Label>;
  /** By names as the server tells them apart. */
  readonly byName: ReadonlyMap<string, Label>;
}

// Each row of a list asks for colours: what they are looked up in is made once for an answer, not for each row.
const known = new WeakMap<readonly Label[], KnownLabels>();

/** The colours of tags by name, for chips: "" for one without, undefined for labels that are no tags. */
export function useTagColour(kind = LabelKind.TAG): (name: string) => string | undefined {
  const labels = useLabelsOfTags(kind);
  return (name) => (kind === LabelKind.TAG ? (knownOf(labels).byName.get(plainName(name))?.colour ?? "") : undefined);
}

/** The tags by id, as many as one answer holds, for what stands above one; none of another kind. */
export function useKnownLabels(kind: LabelKind): ReadonlyMap<string, Label> {
  return knownOf(useLabelsOfTags(kind)).byId;
}

function useLabelsOfTags(kind: LabelKind): readonly Label[] {
  const { data } = useQuery(CatalogService.method.listLabels, { kind, pageSize: ALL }, { enabled: kind === LabelKind.TAG });
  return data?.labels ?? NONE;
}

function knownOf(labels: readonly Label[]): KnownLabels {
  const made = known.get(labels) ?? {
    byId: new Map(labels.map((label) => [label.id, label])),
    byName: new Map(labels.map((label) => [plainName(label.name), label])),
  };
  known.set(labels, made);
  return made;
}
