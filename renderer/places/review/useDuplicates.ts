/**
 * The standing list of suggested duplicates. Kinds of which no record changed are not looked at
 * again; the others are looked through in slices, so that the page goes on answering.
 */
import { useEffect, useState } from 'react';
import { kinds, partsOf } from '../../../shared/kinds/registry';
import type { RecordState } from '../../../shared/log/record';
import type { Projection } from '../../../shared/projection/projection';
import { apartOf, DISTINCT } from '../../../shared/review/apart';
import { findDuplicates, mayRepeat, type DuplicateGroup } from '../../../shared/review/duplicates';
import { useVault } from '../../app/vaultContext';
import { runSteps } from '../importer/runSteps';

export interface Duplicates {
  readonly groups: readonly DuplicateGroup[];
  readonly looking: boolean;
}

interface Looked {
  /** Lists of a projection keep their identity as long as no record of the kind changes. */
  readonly records: readonly RecordState[];
  readonly said: readonly RecordState[];
  readonly groups: readonly DuplicateGroup[];
}

const looked = new WeakMap<Projection, Map<string, Looked>>();
/** Kinds whose records can be merged. */
export const repeatable = kinds.filter((kind) => mayRepeat(kind, partsOf(kind.name)));

function knownIn(projection: Projection): Map<string, Looked> {
  let known = looked.get(projection);
  if (!known) looked.set(projection, (known = new Map()));
  return known;
}

const foundIn = (projection: Projection): readonly DuplicateGroup[] =>
  repeatable.flatMap((kind) => knownIn(projection).get(kind.name)?.groups ?? []);

export function useDuplicates(): Duplicates {
  const { projection } = useVault();
  const version = projection.version();
  const [state, setState] = useState<{ readonly version: number } & Duplicates>({
    version: -1,
    groups: foundIn(projection),
    looking: true,
  });
  useEffect(() => {
    const control = new AbortController();
    void look(projection, control.signal).then(() => {
      if (!control.signal.aborted) {
        setState({ version, groups: foundIn(projection), looking: false });
      }
      return undefined;
    });
    return () => control.abort();
  }, [projection, version]);
  return state.version === version ? state : { groups: state.groups, looking: true };
}

async function look(projection: Projection, signal: AbortSignal): Promise<void> {
  const known = knownIn(projection);
  const said = projection.records(DISTINCT);
  for (const kind of repeatable) {
    const records = projection.records(kind.name);
    const before = known.get(kind.name);
    if (before?.records === records && before.said === said) continue;
    const steps = findDuplicates(kind, records, apartOf(said));
    const groups = await runSteps(steps, { signal, onProgress: () => undefined });
    if (!groups) return;
    known.set(kind.name, { records, said, groups });
  }
}
