/** Looks again at what is held: after the roster has changed, or a person has decided. */
import { sequence } from '../../shared/exchange/sequence';
import { ok, type Result } from '../../shared/result';
import type { Waiting } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { openInbox } from './engine';

/** How many changes could be applied now that were held before. */
export async function reconsider(vault: Vault): Promise<Result<number>> {
  const waiting = vault.exchange.waiting();
  if (waiting.length === 0) return ok(0);
  const trust = vault.trust.context();
  const open = await openInbox(
    waiting.map((each) => each.segment),
    trust,
  );
  const { tips, hashes } = await vault.exchange.here();
  const run = sequence(
    open,
    {
      have: vault.projection.have(),
      tips,
      // What was held as a second version stays so: it was compared when it came.
      isHere: () => false,
      hasSegment: (sha256) => hashes.has(sha256),
    },
    trust.roster,
  );
  const reasons = new Map(run.held.map((held) => [held.open.segment.sha256, held.reason]));
  const opened = new Set(open.map((each) => each.segment.sha256));
  const applied = new Set(run.apply.map((each) => each.segment.sha256));
  const after = waiting.flatMap((each): Waiting[] => {
    const { sha256 } = each.segment;
    const reason = reasons.get(sha256);
    if (reason) return [{ ...each, reason }];
    return opened.has(sha256) && (applied.has(sha256) || run.known.has(sha256)) ? [] : [each];
  });
  const changed = after.some(
    (each, i) => waiting[i]?.segment !== each.segment || waiting[i]?.reason !== each.reason,
  );
  if (after.length === waiting.length && !changed) return ok(0);
  const received = await vault.exchange.receive({
    segments: run.apply.map((each) => each.segment),
    waiting: after,
    peer: undefined,
    entry: undefined,
    changes: run.changes,
  });
  return received.ok ? ok(run.changes.length) : received;
}
