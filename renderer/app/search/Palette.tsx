/** Ctrl K: find any record or do anything by name, without leaving the keyboard. */
import { useDeferredValue, useId, useState } from 'react';
import { Kbd, Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFormat } from '../../ui/useFormat';
import { useLocale } from '../locale';
import { useVault } from '../vaultContext';
import { useCommands, type Command } from './commands';
import { PaletteItem } from './PaletteItem';
import { usePalette } from './paletteStore';
import {
  findCommands,
  findRecords,
  recordItem,
  together,
  type Item,
  type Results,
  type ResultGroup,
} from './results';
import { wordsOf } from './snippet';
import { useSearchEngine, useWarmSearch } from './useSearchEngine';
import classes from './Palette.module.css';

export function Palette() {
  const { t } = useTranslation();
  const opened = usePalette((state) => state.opened);
  const close = usePalette((state) => state.close);
  const commands = useCommands();
  useWarmSearch();
  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      size={720}
      padding={0}
      yOffset="9vh"
      classNames={{ content: classes.content ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('ui:search')}>
        <Modal.Body>
          <PaletteBody commands={commands} onDone={close} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface PaletteBodyProps {
  readonly commands: readonly Command[];
  readonly onDone: () => void;
}

function PaletteBody({ commands, onDone }: PaletteBodyProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const shown = useDeferredValue(query);
  const words = wordsOf(shown);
  const results = useResults(shown, commands);
  const [at, setAt] = useState(0);
  const active = Math.min(at, results.items.length - 1);
  const listId = useId();
  const note = usePalette((state) => state.note);

  function choose(item: Item | undefined): void {
    if (!item) return;
    onDone();
    if (item.type === 'command') return item.command.run();
    note(item.id);
    navigate(item.path);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    // Enter and arrows belong to the input method while it composes Chinese.
    if (event.nativeEvent.isComposing) return;
    const count = results.items.length;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (active + 1) % count,
      ArrowUp: (active - 1 + count) % count,
      PageDown: Math.min(active + 8, count - 1),
      PageUp: Math.max(active - 8, 0),
    };
    const next = moves[event.key];
    if (event.key === 'Enter') choose(results.items[active]);
    else if (next !== undefined && count > 0) setAt(next);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className={classes.field}>
        <IconSearch size={20} aria-hidden />
        <input
          className={classes.input}
          data-autofocus
          role="combobox"
          aria-expanded={results.items.length > 0}
          aria-controls={listId}
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          aria-autocomplete="list"
          aria-label={t('ui:search')}
          placeholder={t('search:placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd size="xs" aria-hidden>
          Esc
        </Kbd>
      </div>
      <div id={listId} role="listbox" aria-label={t('search:results')} className={classes.list}>
        {results.groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            <div className={classes.group} aria-hidden>
              {group.label}
            </div>
            {group.items.map((item) => {
              const index = results.items.indexOf(item);
              return (
                <PaletteItem
                  key={item.key}
                  id={`${listId}-${index}`}
                  item={item}
                  words={words}
                  active={index === active}
                  onPoint={() => setAt(index)}
                  onChoose={() => choose(item)}
                />
              );
            })}
          </div>
        ))}
        {results.items.length === 0 && (
          <div className={classes.empty}>
            <strong>{t('search:nothing', { query: shown })}</strong>
            <span>{t('search:nothingHint')}</span>
          </div>
        )}
      </div>
      <div className={classes.foot}>
        <span role="status">
          {words.length > 0 &&
            t('search:found', {
              count: results.total,
              shown: results.total.toLocaleString(locale),
            })}
        </span>
        <span aria-hidden>
          <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t('search:keys.move')}
          {'  '}
          <Kbd size="xs">Enter</Kbd> {t('search:keys.open')}
        </span>
      </div>
    </>
  );
}

/** Records first, except that a command is offered before when it is all there is to find. */
function useResults(query: string, commands: readonly Command[]): Results {
  const { t } = useTranslation();
  const { projection } = useVault();
  const search = useSearchEngine();
  const format = useFormat();
  const recent = usePalette((state) => state.recent);
  const words = wordsOf(query);
  const doable: ResultGroup = {
    label: t('search:commands'),
    items: findCommands(commands, words),
  };
  if (words.length === 0) {
    const items = recent
      .map((id) => projection.visible(id))
      .filter((record) => record !== undefined)
      .map((record) => recordItem(projection, record, format, words));
    return together([{ label: t('search:recent'), items }, doable], 0);
  }
  const { groups, total } = findRecords(search, projection, format, query, words);
  return together([...groups, doable], total);
}
