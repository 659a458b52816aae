/** A drill or invocation as it stands, folded from its log whenever the vault changes. */
import { useMemo } from 'react';
import { drillEntry } from '../../../shared/kinds/drillEntry';
import type { RecordState } from '../../../shared/log/record';
import type { Projection } from '../../../shared/projection/projection';
import { readEntry } from '../../../shared/response/entry';
import { emptyFrozen, type Frozen } from '../../../shared/response/frozen';
import { readFrozen } from '../../../shared/response/readFrozen';
import { foldRun, type RunState } from '../../../shared/response/run';
import { useVault } from '../../app/vaultContext';

export interface OpenRun {
  readonly drill: RecordState;
  readonly frozen: Frozen;
  readonly run: RunState;
}

export function readRun(projection: Projection, id: string): OpenRun | undefined {
  const drill = projection.visible(id);
  if (drill?.kind !== 'drill') return undefined;
  const { startedAt, stoodDownAt } = drill.values;
  const began = typeof startedAt === 'number' ? startedAt : undefined;
  const ended = typeof stoodDownAt === 'number' ? stoodDownAt : undefined;
  const frozen = readFrozen(drill.values.frozen) ?? emptyFrozen(began ?? 0);
  const entries = projection
    .parts(id, drillEntry)
    .map(readEntry)
    .filter((entry) => entry !== undefined);
  const run = foldRun(frozen, entries, drill.values.mode === 'real' ? 'real' : 'drill');
  // Runs that were typed in or imported have times on the record and no log.
  return {
    drill,
    frozen,
    run: {
      ...run,
      startedAt: run.startedAt ?? began,
      stoodDownAt: run.stoodDownAt ?? (drill.values.status === 'running' ? undefined : ended),
    },
  };
}

export function useRun(id: string): OpenRun | undefined {
  const { projection } = useVault();
  const version = projection.version();
  return useMemo(
    () => (version >= 0 ? readRun(projection, id) : undefined),
    [projection, version, id],
  );
}
