/** What is out of the ordinary about a file, in words. None of it stops the import. */
import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import type { ReadyImport } from '../../../exchange/importFile';
import { localTime } from '../../../ui/times';
import { deviceName } from '../deviceNames';

export function ReportNotes({ ready }: { readonly ready: ReadyImport }) {
  const { t } = useTranslation();
  const vault = useVault();
  const { plan, before } = ready;
  const { manifest } = plan;
  const sender = manifest.from.name || deviceName(vault, manifest.from.replica, t);
  const notes: string[] = [];
  const serious = (plan.ahead > 0 && !plan.own) || plan.sender === 'revoked';
  if (plan.roster && plan.sender === 'revoked') {
    notes.push(t('exchange:in.revokedSender', { name: sender }));
  }
  if (plan.roster && plan.sender === 'unproven') {
    notes.push(t('exchange:in.unprovenSender', { name: sender }));
  }
  for (const replica of plan.forked) {
    notes.push(t('exchange:in.forked', { name: deviceName(vault, replica, t) }));
  }
  const self = vault.device()?.replica;
  // Whose second version is in the file has been told already.
  for (const replica of plan.receipt.apart.filter((each) => !plan.forked.includes(each))) {
    notes.push(
      replica === self
        ? t('exchange:in.apartOwn', { sender })
        : t('exchange:in.apart', { sender, name: deviceName(vault, replica, t) }),
    );
  }
  for (const replica of plan.replaced) {
    const own = replica === self;
    notes.push(
      own
        ? t('exchange:in.replacedOwn')
        : t('exchange:in.replaced', { name: deviceName(vault, replica, t) }),
    );
  }
  if (plan.own) notes.push(t(plan.ahead ? 'exchange:in.ownRescue' : 'exchange:in.own'));
  if (plan.ahead > 0 && !plan.own)
    notes.push(t('exchange:in.ahead', { name: sender, count: plan.ahead }));
  if (before) notes.push(t('exchange:in.repeated', { when: localTime(before.at) }));
  if (plan.elsewhere && !plan.own && manifest.to !== null) {
    notes.push(t('exchange:in.elsewhere', { name: deviceName(vault, manifest.to, t) }));
  }
  if (plan.late && !before) notes.push(t('exchange:in.late', { name: sender }));
  for (const [replica, count] of Object.entries(plan.future)) {
    notes.push(t('exchange:in.future', { name: deviceName(vault, replica, t), count }));
  }
  if (!notes.length) return null;
  return (
    <Alert color={serious ? 'red' : 'orange'} py="xs">
      {notes.length === 1 ? (
        notes[0]
      ) : (
        <List size="sm" spacing={4}>
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
