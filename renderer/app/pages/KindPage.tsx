/** The table of a kind, under tabs for the kinds that share its place. */
import { lazy, useEffect } from 'react';
import { Badge, Tabs, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { kindOf, kindsAt } from '../../../shared/kinds/registry';
import { useLocale } from '../locale';
import { paths } from '../paths';
import { useVault } from '../vaultContext';
import { lastKindAt, noteKindAt } from './lastKind';
import { NotFoundPage } from './NotFoundPage';
import classes from './pages.module.css';

const KindTable = lazy(async () => ({ default: (await import('../../ui/KindTable')).KindTable }));

export function KindPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { projection } = useVault();
  const { kind: name = '' } = useParams();
  const [, navigate] = useLocation();
  const kind = kindOf(name);
  const place = kind?.place;
  const siblings = place ? kindsAt(place) : [];
  useEffect(() => {
    if (place && lastKindAt(place) !== name) noteKindAt(place, name);
  }, [place, name]);
  if (!kind || !place) return <NotFoundPage />;
  return (
    <div className={classes.kindPage}>
      <VisuallyHidden component="h1">{t(`kinds:${name}.plural`)}</VisuallyHidden>
      {siblings.includes(kind) && (
        <Tabs
          value={name}
          onChange={(next) => next && navigate(paths.kind(next))}
          activateTabWithKeyboard={false}
        >
          <Tabs.List aria-label={t(`ui:places.${place}`)}>
            {siblings.map((each) => (
              <Tabs.Tab
                key={each.name}
                value={each.name}
                className={classes.tab ?? ''}
                rightSection={
                  <Badge size="sm" variant="default" className={classes.badge ?? ''}>
                    {projection.records(each.name).length.toLocaleString(locale)}
                  </Badge>
                }
              >
                {t(`kinds:${each.name}.plural`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      <div className={classes.table}>
        <KindTable key={name} kind={name} />
      </div>
    </div>
  );
}
