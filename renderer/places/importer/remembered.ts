/** Mappings kept on this device: files with the same columns are mapped the same way next time. */
import { kindOf } from '../../../shared/kinds/registry';
import { guessMapping, hintedConstants } from '../../../shared/tabular/guess';
import { headersKey, type Mapping } from '../../../shared/tabular/mapping';
import type { Sheet } from '../../../shared/tabular/sheet';
import type { Vault } from '../../store/vault';
import { guessContext } from './context';

const SETTING = 'import.mappings';
const KEPT = 40;

type Kept = readonly { readonly headers: string; readonly mapping: Mapping }[];

export interface FirstMapping {
  readonly mapping: Mapping;
  readonly remembered: boolean;
}

/** The mapping that was last used for these columns, else a guess. */
export function firstMapping(vault: Vault, sheet: Sheet): FirstMapping {
  const key = headersKey(sheet.headers);
  const kept = (vault.setting<Kept>(SETTING) ?? []).find((entry) => entry.headers === key)?.mapping;
  const context = guessContext();
  if (!kept) return { mapping: guessMapping(sheet, context), remembered: false };
  if (kept.as === 'links') return { mapping: kept, remembered: true };
  const kind = kindOf(kept.kind);
  if (!kind) return { mapping: guessMapping(sheet, context), remembered: false };
  // Two files with the same columns may still be of customers and of suppliers.
  const hinted = hintedConstants(sheet, kind, context.labels);
  const free = Object.entries(hinted).filter(([name]) => Object.hasOwn(kept.constants, name));
  const constants = { ...kept.constants, ...Object.fromEntries(free) };
  return { mapping: { ...kept, constants }, remembered: true };
}

export async function remember(vault: Vault, sheet: Sheet, mapping: Mapping): Promise<void> {
  const headers = headersKey(sheet.headers);
  const others = (vault.setting<Kept>(SETTING) ?? []).filter((entry) => entry.headers !== headers);
  await vault.setSetting(SETTING, [{ headers, mapping }, ...others].slice(0, KEPT));
}
