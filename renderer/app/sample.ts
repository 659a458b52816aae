/** A made-up port operator to look around in. Its data loads only when somebody asks for it. */
import type { Locale } from '../../shared/host';
import { ok, type Result } from '../../shared/result';
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
  const edits = sampleEdits(common, texts, {
    locale,
    now: Date.now(),
    newId: () => vault.newId(),
    nextNumber: (kind) => vault.nextNumber(kind),
  });
  const done = await vault.commit(edits, { op: 'sample' });
  return done.ok ? ok(null) : done;
}
