/** How a record stands against what was approved of it. */
import { useCallback, useMemo } from 'react';
import { kindOf, kinds, partsOf } from '../../../shared/kinds/registry';
import type { RecordState } from '../../../shared/log/record';
import {
  APPROVAL,
  approvalsOf,
  approvalState,
  type Approvals,
  type ApprovalState,
} from '../../../shared/review/approval';
import type { Projection } from '../../../shared/projection/projection';
import { useVault } from '../../app/vaultContext';

const read = new WeakMap<readonly RecordState[], Approvals>();

/** Read once for each list; lists keep their identity as long as no approval comes. */
function approvalsIn(projection: Projection): Approvals {
  const said = projection.records(APPROVAL);
  let approvals = read.get(said);
  if (!approvals) read.set(said, (approvals = approvalsOf(said)));
  return approvals;
}

const standing = (projection: Projection, record: RecordState): ApprovalState =>
  approvalState(projection, kindOf, partsOf, approvalsIn(projection), record);

/** For any record of the vault as it is now. */
export function useApprovalState(): (record: RecordState) => ApprovalState {
  const { projection } = useVault();
  const version = projection.version();
  return useCallback(
    (record) => standing(projection, record),
    // The projection is one object that changes; its version says when.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
    [projection, version],
  );
}

export interface ChangedApproval {
  readonly record: RecordState;
  readonly state: Extract<ApprovalState, { readonly is: 'changed' }>;
}

const approvable = kinds.filter((kind) => kind.lifecycle?.approval);

/** Every approved record that has changed since. */
export function useChangedApprovals(): readonly ChangedApproval[] {
  const { projection } = useVault();
  const version = projection.version();
  return useMemo(
    () => {
      const approvals = approvalsIn(projection);
      return approvable
        .flatMap((kind) => projection.records(kind.name))
        .filter((record) => approvals.has(record.id))
        .flatMap((record) => {
          const state = standing(projection, record);
          return state.is === 'changed' ? [{ record, state }] : [];
        });
    },
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
    [projection, version],
  );
}
