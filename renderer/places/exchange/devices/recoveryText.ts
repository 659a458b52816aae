/** The recovery key as people keep it: on paper in groups, or as a file that the age command takes. */
import type { TFunction } from 'i18next';
import type { SpokenCode } from '../../../../shared/trust/words';

const PREFIX = 'AGE-SECRET-KEY-1';
const GROUP = 4;

/** `AGE-SECRET-KEY-1`, then groups of four: easier to type off paper. */
export function keyGroups(recoveryKey: string): readonly string[] {
  const rest = recoveryKey.slice(PREFIX.length);
  const groups = Array.from({ length: Math.ceil(rest.length / GROUP) }, (_, i) =>
    rest.slice(i * GROUP, (i + 1) * GROUP),
  );
  return [PREFIX, ...groups];
}

/** What opens a package where there is no Holdfast: the same on screen, on paper and in the file. */
export const commands = [
  'age -d -i recovery-key.txt package.holdfast | tar x',
  'zcat segments/*.ndjson.gz | jq .',
] as const;

/** An identity file of age: lines with # are remarks. */
export function keyFile(
  recoveryKey: string,
  organisation: string,
  code: SpokenCode | undefined,
  day: string,
  t: TFunction,
): string {
  const remarks = [
    t('devices:recovery.sheetTitle', { name: organisation }),
    t('devices:recovery.made', { day }),
    t('devices:recovery.fileWords', { words: code?.words.join(' ') ?? '' }),
    t('devices:recovery.what'),
    t('devices:recovery.danger'),
    ...commands,
  ];
  return `${remarks.map((line) => `# ${line}`).join('\n')}\n${recoveryKey}\n`;
}
