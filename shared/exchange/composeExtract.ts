/** The manifest of an extract: no vector, no segments, no roster, so that it is nobody's log. */
import type { ReplicaId } from '../log/change';
import { FORMAT, FORMAT_VERSION, MEMBERS_FORMAT } from './manifest';
import type { BlobEntry, ExtractEntry, Manifest, Role, Scope, SealKind } from './manifest';

export interface ComposeExtract {
  readonly id: string;
  readonly createdAt: number;
  readonly organisation: string;
  readonly from: { readonly replica: ReplicaId; readonly name: string; readonly role: Role };
  readonly kinds: Readonly<Record<string, number>>;
  readonly seal: SealKind;
  readonly scope: Scope;
  readonly extract: ExtractEntry;
  readonly blobs: readonly BlobEntry[];
}

export const composeExtractManifest = (input: ComposeExtract): Manifest => ({
  format: FORMAT,
  version: FORMAT_VERSION,
  minReader: MEMBERS_FORMAT,
  id: input.id,
  createdAt: input.createdAt,
  organisation: input.organisation,
  from: input.from,
  to: null,
  type: 'extract',
  chain: { number: 0, previous: null },
  have: {},
  tips: {},
  segments: [],
  bases: [],
  stands: null,
  blobs: input.blobs.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
  kinds: input.kinds,
  seal: input.seal,
  recipients: [],
  roster: null,
  wants: [],
  scope: input.scope,
  extract: input.extract,
});
