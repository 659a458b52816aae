/**
 * Every kind round-trips through its form: a record with every field filled is opened, each value is
 * typed again as the form shows it, and saving changes nothing but what was really changed.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { KindDef } from '../../../shared/kinds/define';
import { kinds } from '../../../shared/kinds/registry';
import type { Fields, Value } from '../../../shared/log/change';
import { typedFields } from '../../../renderer/ui/form/formValues';
import type { Vault } from '../../../renderer/store/vault';
import { arbitraryValue } from '../../meta/arbitraryRecord';
import { mountApp, unmount } from '../app/support';
import { freshName, must, openReady } from '../store/support';

const SEED = 20261123;

afterEach(unmount);

/** One record for every ref to point to, and valid values for everything a person types. */
async function filled(vault: Vault, kind: KindDef): Promise<Fields> {
  const out: Record<string, Value> = {};
  for (const name of typedFields(kind)) {
    const field = kind.fields[name];
    if (!field || name === kind.title) continue;
    if (field.type === 'ref') out[name] = await targetOf(vault, field.to);
    else {
      const [value] = fc.sample(arbitraryValue(field, { sheet: true }), { seed: SEED, numRuns: 1 });
      // The form shows minutes, not seconds.
      out[name] = field.type === 'dateTime' ? Date.UTC(2026, 10, 23, 8, 15) : (value ?? null);
    }
  }
  return { ...out, [kind.title]: 'As it was' };
}

async function targetOf(vault: Vault, kind: string): Promise<string> {
  const [known] = vault.projection.records(kind);
  if (known) return known.id;
  const def = kinds.find((each) => each.name === kind);
  const id = vault.newId();
  const fields: Record<string, Value> = { [def?.title ?? 'name']: `Target ${kind}` };
  for (const [name, field] of Object.entries(def?.fields ?? {})) {
    if (!field.required || name === def?.title) continue;
    if (field.type === 'ref') fields[name] = await targetOf(vault, field.to);
    else if (field.type === 'choice') fields[name] = field.options[0] ?? '';
  }
  must(await vault.commit([{ do: 'create', kind, id, fields }]));
  return id;
}

/** What selecting all and deleting it comes to, at once: a form hears of no value that stays the same. */
function clear(box: HTMLInputElement | HTMLTextAreaElement): void {
  const Box = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  // React keeps the value it knows behind a setter of the element's own.
  Object.getOwnPropertyDescriptor(Box.prototype, 'value')?.set?.call(box, '');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

const typed = kinds.filter((kind) => kind.place && !kind.appendOnly);

describe.each(typed.map((kind) => [kind.name, kind] as const))('kind %s', (_, kind) => {
  test('every value typed again as shown is the same value', async () => {
    const vault = await openReady(freshName());
    const id = vault.newId();
    const fields = await filled(vault, kind);
    must(await vault.commit([{ do: 'create', kind: kind.name, id, fields }]));
    const before = vault.projection.get(id)?.values;

    await mountApp(vault, { path: `/record/${id}/edit` });
    await expect.element(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    const form = document.querySelector('form');
    const boxes = form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      'input:not([type=hidden],[type=checkbox],[role=combobox],[role=switch]):not([readonly]), textarea:not([aria-hidden])',
    );
    let count = 0;
    for (const box of boxes ?? []) {
      if (!box.value) continue;
      const shown = box.value;
      clear(box);
      await userEvent.fill(box, shown === 'As it was' ? 'As it is now' : shown);
      count++;
    }
    expect(count).toBeGreaterThan(0);
    await userEvent.keyboard('{Control>}s{/Control}');
    await expect
      .poll(() => vault.projection.get(id)?.values[kind.title], { timeout: 10_000 })
      .toBe('As it is now');
    expect(vault.projection.get(id)?.values).toEqual({ ...before, [kind.title]: 'As it is now' });
    unmount();
    await vault.close();
  });
});
