/** A line of the log in words. */
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/response/entry';
import type { Frozen } from '../../../shared/response/frozen';

export function useEntryText(frozen: Frozen): (entry: Entry) => string {
  const { t } = useTranslation();
  const steps = new Map(frozen.steps.map((step) => [step.id, step]));
  const services = new Map(frozen.services.map((service) => [service.id, service.name]));
  const calls = new Map(frozen.calls.map((call) => [call.id, call.role]));

  function named(entry: Entry): string {
    const step = steps.get(entry.subject);
    if (step) return t('respond:stepName', { no: step.no, title: step.title });
    return services.get(entry.subject) ?? calls.get(entry.subject) ?? '';
  }

  return (entry) => {
    if (entry.type === 'note') return entry.text;
    if (entry.type === 'call') {
      const { outcome = 'noAnswer', name = '', who } = entry.detail;
      const call = t(`respond:log.call.${outcome}`, { name, role: named(entry) });
      return who === 'deputy' ? t('respond:log.deputy', { call }) : call;
    }
    const line = t(`respond:log.${entry.type}`, {
      name: entry.type === 'handOver' ? (entry.detail.name ?? '') : named(entry),
    });
    return entry.text ? t('respond:log.with', { line, text: entry.text }) : line;
  };
}
