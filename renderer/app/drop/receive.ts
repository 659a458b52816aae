/** Brings files from outside to the screen that deals with them. */
import type { FileRead } from '../../../shared/host';
import type { Vault } from '../../store/vault';
import i18next from 'i18next';
import { navigate } from '../hashLocation';
import { showDone, showRefusal } from '../notices';
import { paths } from '../paths';
import { useIncoming } from './incoming';
import { sortFiles } from './sortFiles';

export async function receiveFiles(vault: Vault, files: readonly FileRead[]): Promise<void> {
  if (!files.length) return;
  const { exchange, sheets, others, unread } = sortFiles(files);
  for (const { read } of unread) if (!read.ok) showRefusal(read.refusal);
  if (exchange.length) {
    useIncoming.getState().offer(exchange);
    navigate(paths.exchange);
  } else if (sheets.length) navigate(paths.importSheet);
  else if (others.length) {
    showRefusal({ code: 'drop.nowhere', params: { name: others[0] ?? '', count: others.length } });
  }
  if (!sheets.length) return;
  const { useImporter } = await import('../../places/importer/importerStore');
  if (exchange.length) showDone(i18next.t('drop:sheetsToo', { count: sheets.length }));
  await useImporter.getState().addFiles(vault, sheets);
}
