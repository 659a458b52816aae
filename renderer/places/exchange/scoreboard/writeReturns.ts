/** The files back to many devices: one after the other, each noted as sent when it is saved. */
import type { Host, SaveFolder } from '../../../../shared/host';
import type { Refusal, Result } from '../../../../shared/result';
import { isActive } from '../../../../shared/trust/roster';
import type { Engine } from '../../../exchange/engine';
import { exportPackage, type SealChoice } from '../../../exchange/exportFile';
import type { ManyProgress } from '../../../exchange/readMany';
import type { ExchangeEntry, Peer } from '../../../store/exchangeStore';
import type { Vault } from '../../../store/vault';
import type { SiteRow } from './siteRows';

export interface Written {
  readonly row: SiteRow;
  /** Undefined: it was not its turn any more. */
  readonly result: Result<ExchangeEntry> | undefined;
}

export interface ReturnsOptions {
  readonly rows: readonly SiteRow[];
  readonly folder: SaveFolder;
  /** Where no organisation is set up, or a device has no key: one passphrase for all such files. */
  readonly passphrase: string;
  readonly filterName: string;
  readonly onProgress?: (progress: ManyProgress) => void;
  readonly signal?: AbortSignal;
  readonly engine?: Engine;
  readonly workFactor?: number;
}

/** After these every further file would fail in the same way. */
const FATAL: ReadonlySet<string> = new Set([
  'host.folderGone',
  'host.diskFull',
  'commit.readOnly',
  'commit.damaged',
  'commit.disk',
]);

/** Cancelling stops before the next file; what is saved stays noted as sent. */
export async function writeReturns(
  vault: Vault,
  host: Pick<Host, 'saveInFolder' | 'keepExported'>,
  options: ReturnsOptions,
): Promise<readonly Written[]> {
  const { rows, folder, signal } = options;
  const out: Written[] = [];
  let stopped: Refusal | undefined;
  for (const [i, row] of rows.entries()) {
    if (stopped || signal?.aborted) {
      out.push({ row, result: undefined });
      continue;
    }
    const at = { done: i, total: rows.length, name: row.name };
    options.onProgress?.(at);
    const result = await exportPackage(
      vault,
      {
        keepExported: host.keepExported,
        saveFile: ({ name, bytes }) => host.saveInFolder({ folder: folder.id, name, bytes }),
      },
      {
        peer: peerOf(row),
        content: 'changes',
        seal: sealOf(vault, row, options),
        filterName: options.filterName,
        onProgress: (report) => options.onProgress?.({ ...at, report }),
        ...(signal ? { signal } : {}),
        ...(options.engine ? { engine: options.engine } : {}),
      },
    );
    const entry = result.ok ? (result.value ?? undefined) : undefined;
    if (entry) out.push({ row, result: { ok: true, value: entry } });
    else if (result.ok || result.refusal.code === 'exchange.cancelled') {
      out.push({ row, result: undefined });
    } else {
      out.push({ row, result });
      if (FATAL.has(result.refusal.code)) stopped = result.refusal;
    }
  }
  return out;
}

/** A device that is enrolled and sent nothing yet starts its chain of files with this one. */
const peerOf = ({ peer, device, name }: SiteRow): Peer =>
  peer ?? {
    replica: `${device}-0`,
    name,
    role: 'site',
    have: {},
    sent: {},
    lastIn: undefined,
    lastOut: undefined,
  };

export const hasKey = (vault: Vault, { device }: Pick<SiteRow, 'device'>): boolean =>
  isActive(vault.trust.roster(), device);

function sealOf(
  vault: Vault,
  row: SiteRow,
  { passphrase, workFactor }: ReturnsOptions,
): SealChoice {
  if (hasKey(vault, row)) return { kind: 'recipients', devices: [row.device] };
  return { kind: 'passphrase', passphrase, ...(workFactor === undefined ? {} : { workFactor }) };
}

/**
 * Something for it to have: changes it has not confirmed, attachments it asked for, or the receipt
 * for a file of its own. Revoked devices get nothing.
 */
export const lacksSomething = (row: SiteRow): boolean =>
  !row.revoked &&
  (row.undelivered > 0 || row.attachments > 0 || (row.lastIn ?? 0) > (row.lastOut ?? 0));
