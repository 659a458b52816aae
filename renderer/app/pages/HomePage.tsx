/** Where the program opens: Respond, or what to do next while there is nothing to respond with. */
import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import {
  IconFileImport,
  IconPlus,
  IconShieldCheck,
  IconTableImport,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Redirect } from 'wouter';
import { kinds } from '../../../shared/kinds/registry';
import type { Projection } from '../../../shared/projection/projection';
import { href } from '../hashLocation';
import { paths } from '../paths';
import { useVault } from '../vaultContext';
import classes from './pages.module.css';

/** Kinds that a new organisation starts with; they are no sign of work done. */
const seeded: ReadonlySet<string> = new Set(['ciClass']);

const holdsNothing = (projection: Projection): boolean =>
  kinds.every(
    (kind) => !kind.place || seeded.has(kind.name) || !projection.records(kind.name).length,
  );

interface Next {
  readonly name: 'enrol' | 'file' | 'sheets' | 'service' | 'person';
  readonly icon: Icon;
  readonly path: string;
}

const enrol: Next = { name: 'enrol', icon: IconShieldCheck, path: paths.devices };
const file: Next = { name: 'file', icon: IconFileImport, path: `${paths.exchange}?import=1` };
const sheets: Next = { name: 'sheets', icon: IconTableImport, path: paths.importSheet };
const own: readonly Next[] = [
  { name: 'service', icon: IconPlus, path: paths.create('service') },
  { name: 'person', icon: IconUserPlus, path: paths.create('person') },
];

export function HomePage() {
  const { t } = useTranslation();
  const vault = useVault();
  if (!holdsNothing(vault.projection)) return <Redirect to={paths.respond} replace />;
  const ready = [...seeded].reduce((sum, kind) => sum + vault.projection.records(kind).length, 0);
  // A laptop gets its data from headquarters; headquarters brings its own spreadsheets.
  const first = vault.trust.standing() === 'waiting' ? [enrol, file] : [file];
  const steps =
    vault.device()?.role === 'site' ? [...first, sheets, ...own] : [sheets, ...own, file];
  return (
    <Stack maw={860} mx="auto" mt={40} gap="lg">
      <div>
        <Title order={1} size="h2">
          {t('ui:next.title')}
        </Title>
        <Text c="dimmed" mt={4}>
          {t(ready ? 'ui:next.seeded' : 'ui:next.text', { count: ready })}
        </Text>
      </div>
      <SimpleGrid cols={2} spacing="md">
        {steps.map((step) => (
          <a key={step.name} className={classes.next} href={href(step.path)}>
            <step.icon className={classes.nextIcon} size={26} stroke={1.6} aria-hidden />
            <span>
              <Text component="span" display="block" fw={600}>
                {t(`ui:next.${step.name}.title`)}
              </Text>
              <Text component="span" display="block" size="sm" c="dimmed">
                {t(`ui:next.${step.name}.text`)}
              </Text>
            </span>
          </a>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
