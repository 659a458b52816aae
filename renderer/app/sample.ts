/** A made-up port operator to look around in. Its data loads only when somebody asks for it. */
import type { Locale } from '../../shared/host';
import { kinds, partsOf } from '../../shared/kinds/registry';
import type { Edit } from '../../shared/log/changeset';
import { asText } from '../../shared/projection/projection';
import { ok, type Result } from '../../shared/result';
import { approvalEdit, saysApproved } from '../../shared/review/approval';
import type { Vault } from '../store/vault';
import { sampleEdits, type SampleCommon, type SampleTexts } from './sampleEdits';

const commonFile = import.meta.glob<SampleCommon>('../../resources/sample/common.json', {
  import: 'default',
});
const textFiles = import.meta.glob<SampleTexts>('../../resources/sample/{en,zh-CN}.json', {
  import: 'default',
});

export interface Sample {
  readonly common: SampleCommon;
  readonly texts: SampleTexts;
}

export async function readSample(locale: Locale): Promise<Sample> {
  const common = commonFile['../../resources/sample/common.json'];
  const texts = textFiles[`../../resources/sample/${locale}.json`];
  if (!common || !texts) throw new Error(`sample: no data for ${locale}`);
  const [shared, own] = await Promise.all([common(), texts()]);
  return { common: shared, texts: own };
}

/** Sets the device up as headquarters of the sample organisation and fills it in one commit. */
export async function loadSample(vault: Vault, locale: Locale): Promise<Result<null>> {
  const { common, texts } = await readSample(locale);
  const device = await vault.setUp({ ...texts.setUp, role: 'hq' });
  if (!device.ok) return device;
  // With keys like any other; nobody keeps its recovery key, which can be made anew at any time.
  const made = await vault.trust.createOrganisation({ name: texts.setUp.name, accepted: {} });
  if (!made.ok) return made;
  const edits = sampleEdits(common, texts, {
    locale,
    now: Date.now(),
    newId: () => vault.newId(),
    nextNumber: (kind) => vault.nextNumber(kind),
  });
  const done = await vault.commit(edits, { op: 'sample' });
  if (!done.ok) return done;
  const approved = await vault.commit(sampleApprovals(vault), { op: 'sample' });
  return approved.ok ? ok(null) : approved;
}

/** What the sample calls approved was approved as it is: in a commit of its own, which can name it. */
function sampleApprovals(vault: Vault): readonly Edit[] {
  const { projection } = vault;
  return kinds.flatMap((kind) =>
    projection
      .records(kind.name)
      .filter((record) => saysApproved(kind, record))
      .map((record) => {
        const { by = '', on = '' } = kind.lifecycle?.approval ?? {};
        const day = Date.parse(asText(record.values[on]));
        return approvalEdit(projection, partsOf, record, {
          by: asText(record.values[by]) || (vault.device()?.person ?? ''),
          at: Number.isNaN(day) ? Date.now() : day,
          newId: () => vault.newId(),
        });
      }),
  );
}
