/** The parts of the exchange place. Each has an address of its own. */
import { useTranslation } from 'react-i18next';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import { Tone } from '../../ui/Tone';
import { attentionLines } from './attention/attentionLines';
import classes from './exchange.module.css';

export type ExchangeTab = 'overview' | 'attention' | 'files' | 'devices' | 'sites';

const ADDRESS: Readonly<Record<ExchangeTab, string>> = {
  overview: paths.exchange,
  attention: paths.exchangeTab('attention'),
  files: paths.exchangeTab('files'),
  devices: paths.devices,
  sites: paths.exchangeTab('sites'),
};

export function ExchangeTabs({ current }: { readonly current: ExchangeTab }) {
  const { t } = useTranslation();
  const vault = useVault();
  const open = attentionLines(vault).reduce((sum, { count }) => sum + count, 0);
  // Headquarters looks at all sites at once; a laptop has one or two others to look at.
  const tabs: readonly ExchangeTab[] =
    vault.device()?.role === 'hq'
      ? ['overview', 'attention', 'sites', 'devices', 'files']
      : ['overview', 'attention', 'devices', 'files'];
  return (
    <nav className={classes.tabs} aria-label={t('exchange:tab.label')}>
      {tabs.map((tab) => (
        <a key={tab} href={href(ADDRESS[tab])} aria-current={tab === current ? 'page' : undefined}>
          {t(`exchange:tab.${tab}`)}
          {tab === 'attention' && open > 0 && <Tone tone="warn">{String(open)}</Tone>}
        </a>
      ))}
    </nav>
  );
}
