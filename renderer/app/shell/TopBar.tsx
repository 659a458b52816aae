import { ActionIcon, Kbd, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { href } from '../hashLocation';
import { Logo } from '../Logo';
import { paths } from '../paths';
import { usePalette } from '../search/paletteStore';
import { undoAndTell, undoWhat } from '../useCommit';
import { useVault } from '../vaultContext';
import { DataAgePill } from './DataAgePill';
import { PersonMenu } from './PersonMenu';
import { runningRun } from './running';
import classes from './Shell.module.css';

export function TopBar() {
  const { t } = useTranslation();
  return (
    <header className={classes.top}>
      <a className={classes.home} href={href(paths.start)} aria-label={t('ui:home')}>
        <Logo size={20} />
      </a>
      <SearchBox />
      <div className={classes.right}>
        <RunBadge />
        <DataAgePill />
        <UndoButton />
        <PersonMenu />
      </div>
    </header>
  );
}

function SearchBox() {
  const { t } = useTranslation();
  const open = usePalette((state) => state.open);
  return (
    <UnstyledButton
      className={classes.search}
      onClick={open}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K"
    >
      <IconSearch size={16} aria-hidden />
      <span className={classes.searchText}>{t('ui:search')}</span>
      <Kbd size="xs" aria-hidden>
        Ctrl K
      </Kbd>
    </UnstyledButton>
  );
}

function RunBadge() {
  const { t } = useTranslation();
  const run = runningRun(useVault().projection);
  if (!run) return null;
  return (
    <Tooltip label={run.name}>
      <a
        className={classes.run}
        data-mode={run.mode}
        href={href(paths.run(run.id))}
        aria-label={`${t(`ui:run.${run.mode}`)}: ${run.name}`}
      >
        {t(`ui:run.${run.mode}`)}
      </a>
    </Tooltip>
  );
}

function UndoButton() {
  const { t } = useTranslation();
  const vault = useVault();
  const step = vault.isWriter() ? vault.undoStep() : undefined;
  const label = step ? t('ui:undo.tip', { what: undoWhat(step) }) : t('ui:undo.nothing');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.undo ?? ''}
        aria-label={label}
        aria-keyshortcuts="Control+Z"
        aria-disabled={!step}
        onClick={() => void undoAndTell(vault)}
      >
        <IconArrowBackUp size={19} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
