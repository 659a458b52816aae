/** Which columns a table shows, and in which order. */
import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface ColumnChooserProps {
  readonly all: readonly { readonly id: string; readonly label: string }[];
  readonly shown: readonly string[];
  onChange(columns: readonly string[]): void;
  onReset(): void;
}

export function ColumnChooser({ all, shown, onChange, onReset }: ColumnChooserProps) {
  const { t } = useTranslation();
  const labelOf = (id: string) => all.find((column) => column.id === id)?.label ?? id;
  const hidden = all.filter((column) => !shown.includes(column.id));

  function move(id: string, by: -1 | 1) {
    const at = shown.indexOf(id);
    const other = shown[at + by];
    if (other === undefined) return;
    onChange(shown.map((one) => (one === id ? other : one === other ? id : one)));
  }

  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={15} />}>
          {t('table:columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" w={300}>
        <ScrollArea.Autosize mah={420}>
          <Stack gap={4}>
            {shown.map((id, at) => (
              <Group key={id} justify="space-between" wrap="nowrap" gap={4}>
                <Checkbox
                  size="xs"
                  label={labelOf(id)}
                  checked
                  disabled={shown.length === 1}
                  onChange={() => onChange(shown.filter((other) => other !== id))}
                />
                <Group gap={2} wrap="nowrap">
                  <ActionIcon
                    size={24}
                    variant="subtle"
                    disabled={at === 0}
                    aria-label={t('table:moveUp', { column: labelOf(id) })}
                    onClick={() => move(id, -1)}
                  >
                    <IconArrowUp size={13} />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    variant="subtle"
                    disabled={at === shown.length - 1}
                    aria-label={t('table:moveDown', { column: labelOf(id) })}
                    onClick={() => move(id, 1)}
                  >
                    <IconArrowDown size={13} />
                  </ActionIcon>
                </Group>
              </Group>
            ))}
            {hidden.map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={column.label}
                checked={false}
                onChange={() => onChange([...shown, column.id])}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Button mt="sm" size="compact-xs" variant="subtle" onClick={onReset}>
          {t('table:resetView')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
