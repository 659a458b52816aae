/** The line under a list of a plan's parts that adds the next one: its sort and its title. */
import type { ReactNode } from 'react';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useVault } from '../../app/vaultContext';
import classes from './plans.module.css';

interface AddLineProps {
  readonly sorts: readonly { readonly value: string; readonly label: string }[];
  readonly sort: string;
  readonly sortLabel: string;
  readonly title: string;
  readonly titleLabel: string;
  readonly hint: string;
  readonly button: string;
  readonly onSort: (sort: string) => void;
  readonly onTitle: (title: string) => void;
  readonly onAdd: () => Promise<void>;
  /** What else this part is asked, before the button. */
  readonly children?: ReactNode;
}

export function AddLine(props: AddLineProps) {
  const { isWriter } = useVault();
  if (!isWriter()) return null;
  return (
    <form
      className={classes.noPrint}
      onSubmit={(event) => {
        event.preventDefault();
        void props.onAdd();
      }}
    >
      <Group gap="xs" mt="sm">
        <Select
          size="sm"
          w={210}
          aria-label={props.sortLabel}
          allowDeselect={false}
          data={props.sorts}
          value={props.sort}
          onChange={(next) => props.onSort(next ?? props.sort)}
        />
        <TextInput
          size="sm"
          flex={1}
          aria-label={props.titleLabel}
          placeholder={props.hint}
          value={props.title}
          onChange={(event) => props.onTitle(event.currentTarget.value)}
        />
        {props.children}
        <Button
          type="submit"
          size="sm"
          variant="light"
          leftSection={<IconPlus size={15} />}
          disabled={!props.title.trim()}
        >
          {props.button}
        </Button>
      </Group>
    </form>
  );
}
