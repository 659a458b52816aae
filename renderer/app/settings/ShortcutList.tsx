import { Fragment } from 'react';
import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from './Section';
import classes from './settings.module.css';

const shortcuts = [
  ['search', ['Ctrl', 'K']],
  ['undo', ['Ctrl', 'Z']],
  ['save', ['Ctrl', 'S']],
  ['cancel', ['Esc']],
  ['rows', ['↑', '↓']],
  ['open', ['Enter']],
  ['selectAll', ['Ctrl', 'A']],
  ['print', ['Ctrl', 'P']],
] as const;

export function ShortcutList() {
  const { t } = useTranslation();
  return (
    <Section title={t('settings:keys.title')}>
      <dl className={classes.facts}>
        {shortcuts.map(([name, keys]) => (
          <div key={name} className={classes.key}>
            <dt>{t(`settings:keys.${name}`)}</dt>
            <dd>
              {keys.map((key, i) => (
                <Fragment key={key}>
                  {i > 0 && ' '}
                  <Kbd size="xs">{key}</Kbd>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
