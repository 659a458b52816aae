/** Everything, what the receivers lack, or the receipt alone; and what each of these comes to. */
import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { meet, missingCount } from '../../../../shared/log/vector';
import { useVault } from '../../../app/vaultContext';
import type { ExportContent } from '../../../exchange/exportFile';
import type { Peer } from '../../../store/exchangeStore';

interface ContentChoiceProps<T extends ExportContent> {
  readonly peers: readonly Peer[];
  readonly contents: readonly T[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export function ContentChoice<T extends ExportContent>(props: ContentChoiceProps<T>) {
  const { peers, contents, value, onChange } = props;
  const { t } = useTranslation();
  const { projection } = useVault();
  const lacks = missingCount(meet(peers.map(({ have }) => have)), projection.have());
  const help =
    value !== 'changes'
      ? t(`exchange:out.${value}Help`)
      : lacks
        ? t('exchange:out.changesHelp', { count: lacks })
        : t('exchange:out.nothingHelp');
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('exchange:out.content')}
      </Text>
      <SegmentedControl
        size="sm"
        aria-label={t('exchange:out.content')}
        value={value}
        onChange={(next) => {
          const chosen = contents.find((each) => each === next);
          if (chosen) onChange(chosen);
        }}
        data={contents.map((each) => ({ value: each, label: t(`exchange:out.${each}`) }))}
      />
      <Text size="sm" c="dimmed" mt={4}>
        {help}
      </Text>
    </div>
  );
}
