/** A real projection to import into, and the labels of both languages, for tests of the importer. */
import { readdirSync, readFileSync } from 'node:fs';
import { kindOf, kinds } from '../../shared/kinds/registry';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { checkEdits } from '../../shared/log/checkEdits';
import { seen } from '../../shared/log/vector';
import { createProjection, type Projection } from '../../shared/projection/projection';
import { guessDelimiter, parseDelimited, type Delimiter } from '../../shared/tabular/csv';
import { decodeText } from '../../shared/tabular/decode';
import { guessMapping } from '../../shared/tabular/guess';
import type { KindLabels, Labels, Mapping } from '../../shared/tabular/mapping';
import type { PlanContext, SheetPlan } from '../../shared/tabular/plan';
import { planSheet } from '../../shared/tabular/planSheet';
import { sheetFrom, type Sheet } from '../../shared/tabular/sheet';

const locales = new URL('../../resources/locales/', import.meta.url);

export const labelsOf = (locale: 'en' | 'zh-CN'): Readonly<Record<string, KindLabels>> => {
  const folder = new URL(`${locale}/kinds/`, locales);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as KindLabels,
      ]),
  );
};

export const labels: Labels = [labelsOf('en'), labelsOf('zh-CN')];

export interface Registry extends PlanContext {
  readonly projection: Projection;
  readonly apply: (edits: readonly Edit[]) => void;
  readonly plan: (sheet: Sheet, mapping?: Mapping) => SheetPlan;
  /** Plans with the guesses alone, applies, and returns the plan. */
  readonly take: (sheet: Sheet, mapping?: Mapping) => SheetPlan;
}

export function registry(): Registry {
  const projection = createProjection(kindOf);
  let ids = 0;
  let wall = 1_790_000_000_000;
  const context: PlanContext = {
    projection,
    kinds,
    kindOf,
    labels,
    offsetMinutes: () => 480,
    newId: () => `id${String((ids += 1)).padStart(14, '0')}`,
    nextNumber: (kind) => projection.nextNumber('HQ1', kindOf(kind)?.code ?? 'X'),
  };
  const apply = (edits: readonly Edit[]) => {
    const get = (id: string) => projection.get(id);
    const checked = checkEdits(edits, { get, kindOf });
    if (!checked.ok) throw new Error(JSON.stringify(checked.refusal));
    wall += 1000;
    const author = { replica: 'r-1', next: seen(projection.have(), 'r-1') + 1 };
    const changes = buildChanges(edits, get, (kind) => kindOf(kind)?.version ?? 1, {
      ...author,
      t: [wall, 0],
      by: 'tester',
    });
    projection.apply(changes, wall);
  };
  const plan = (sheet: Sheet, mapping = guessMapping(sheet, context)) =>
    planSheet(sheet, mapping, context);
  const take = (sheet: Sheet, mapping?: Mapping) => {
    const planned = plan(sheet, mapping);
    apply(planned.edits);
    return planned;
  };
  return { ...context, apply, plan, take };
}

/** A sheet from the text of a file. */
export function sheetOfText(name: string, text: string, delimiter?: Delimiter): Sheet {
  const grid = parseDelimited(text, delimiter ?? guessDelimiter(text));
  if (!grid.ok) throw new Error(grid.refusal.code);
  return sheetFrom(name, grid.value);
}

/** A sheet from the bytes of a file, everything detected. */
export function sheetOfBytes(name: string, bytes: Uint8Array): Sheet {
  const decoded = decodeText(bytes, undefined, TextDecoder);
  if (!decoded.ok) throw new Error(decoded.refusal.code);
  return sheetOfText(name, decoded.value.text);
}
