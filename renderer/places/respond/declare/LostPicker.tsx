/** Step one: what is lost. Type, arrows and Enter, or click; several may be chosen. */
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { CloseButton, TextInput } from '@mantine/core';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Graph } from '../../../../shared/impact/graph';
import type { RecordState } from '../../../../shared/log/record';
import { useVault } from '../../../app/vaultContext';
import { KindIcon } from '../../../ui/KindIcon';
import { useLabels } from '../../../ui/labels';
import { numberOf, titleIn, titleOf } from '../../../ui/recordTitle';
import { Panel } from '../Panel';
import { candidates } from './candidates';
import own from './Declare.module.css';
import classes from '../Respond.module.css';

interface LostPickerProps {
  readonly graph: Graph;
  readonly lost: readonly string[];
  onChange(lost: readonly string[]): void;
}

export function LostPicker({ graph, lost, onChange }: LostPickerProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const labels = useLabels();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const found = useMemo(() => candidates(projection, query), [projection, query]);
  const current = Math.min(at, found.length - 1);

  const toggle = (id: string) =>
    onChange(lost.includes(id) ? lost.filter((each) => each !== id) : [...lost, id]);

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      const next = Math.max(0, Math.min(found.length - 1, current + step));
      setAt(next);
      document.querySelector(`[id="${list}-${next}"]`)?.scrollIntoView({ block: 'nearest' });
    }
    const chosen = found[current];
    if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      toggle(chosen.id);
    }
  }

  return (
    <Panel title={t('respond:declare.lost')} aside={t('respond:declare.lostHint')}>
      <TextInput
        data-autofocus
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current >= 0 ? `${list}-${current}` : ''}
        aria-label={t('respond:declare.lost')}
        placeholder={t('respond:declare.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {lost.length > 0 && (
        <ul className={own.chosen} aria-label={t('respond:declare.chosen')}>
          {lost.map((id) => (
            <li key={id}>
              <KindIcon kind={projection.get(id)?.kind ?? ''} />
              {titleIn(projection, id)}
              <CloseButton
                size="xs"
                aria-label={t('respond:declare.remove', { name: titleIn(projection, id) })}
                onClick={() => toggle(id)}
              />
            </li>
          ))}
        </ul>
      )}
      <div
        id={list}
        role="listbox"
        aria-multiselectable
        aria-label={t('respond:declare.lost')}
        className={own.options}
      >
        {found.map((state, i) => (
          // Keys are handled by the search box, which keeps the focus (combobox pattern).
          <div
            key={state.id}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={lost.includes(state.id)}
            data-current={i === current || undefined}
            className={own.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setAt(i);
              toggle(state.id);
            }}
          >
            <KindIcon kind={state.kind} size={20} className={own.optionIcon} />
            <div className={classes.grow}>
              <div className={`${classes.strong} ${classes.oneLine}`}>{titleOf(state)}</div>
              <div className={`${own.optionSub} ${classes.oneLine}`}>{subtitle(state)}</div>
            </div>
            {lost.includes(state.id) && <IconCheck size={18} aria-hidden />}
          </div>
        ))}
        {!found.length && (
          <p className={classes.empty}>
            {t(query ? 'respond:declare.nothingFound' : 'respond:declare.nothingThere')}
          </p>
        )}
      </div>
    </Panel>
  );

  function subtitle(state: RecordState): string {
    const type = state.values.type;
    const parts = [
      state.kind === 'site' && typeof type === 'string'
        ? labels.option('site', 'type', type)
        : labels.kind(state.kind),
    ];
    if (state.kind === 'site') {
      parts.push(t('respond:declare.items', { count: itemsAt(graph, state.id) }));
    }
    parts.push(numberOf(state));
    return parts.filter(Boolean).join(' · ');
  }
}

/** Records that need the site directly. */
function itemsAt(graph: Graph, id: string): number {
  const node = graph.indexOf.get(id);
  if (node === undefined) return 0;
  const { offsets, edges } = graph.dependents;
  return new Set(edges.subarray(offsets[node], offsets[node + 1])).size;
}
