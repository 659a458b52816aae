/** Named views of a table: choose, keep, forget, and which one to open with. */
import { useState } from 'react';
import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmarks, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TableViews } from './useTableView';

export function ViewMenu({ views }: { readonly views: TableViews }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconBookmarks size={15} />}
          onClick={() => setOpened(!opened)}
        >
          {t('table:views')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" w={300}>
        <Stack gap="xs">
          {!views.saved.length && (
            <Text size="xs" c="dimmed">
              {t('table:noViews')}
            </Text>
          )}
          {views.saved.map((saved) => (
            <Group key={saved.name} justify="space-between" wrap="nowrap" gap={4}>
              <Button
                variant="subtle"
                size="compact-sm"
                justify="start"
                flex={1}
                onClick={() => {
                  views.choose(saved.view);
                  setOpened(false);
                }}
              >
                {saved.name}
              </Button>
              <ActionIcon
                size={24}
                variant="subtle"
                aria-pressed={saved.isDefault}
                aria-label={t('table:defaultView', { name: saved.name })}
                onClick={() => views.makeDefault(saved.isDefault ? undefined : saved.name)}
              >
                {saved.isDefault ? <IconStarFilled size={14} /> : <IconStar size={14} />}
              </ActionIcon>
              <ActionIcon
                size={24}
                variant="subtle"
                color="red"
                aria-label={t('table:removeView', { name: saved.name })}
                onClick={() => views.remove(saved.name)}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!name.trim()) return;
              views.save(name.trim());
              setName('');
            }}
          >
            <Group gap="xs" wrap="nowrap">
              <TextInput
                size="xs"
                flex={1}
                aria-label={t('table:viewName')}
                placeholder={t('table:viewName')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={!name.trim()}>
                {t('table:saveView')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
