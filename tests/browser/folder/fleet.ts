/** Headquarters with an organisation in a real database, and laptops in memory that belong to it. */
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { engine } from '../../../renderer/exchange/engine';
import type { Vault } from '../../../renderer/store/vault';
import { ok } from '../../../shared/result';
import { exportFrom, importInto, laptop, type Laptop } from '../../property/exchangeVault';
import { must } from '../store/support';

export interface Member {
  readonly laptop: Laptop;
  readonly file: () => Promise<File>;
}

/** Each laptop has a key, the roster and everything headquarters had. */
export async function enrolled(hq: Vault, count: number): Promise<readonly Member[]> {
  must(await hq.trust.createOrganisation({ name: 'Harbour Authority', accepted: {} }));
  const laptops: Laptop[] = [];
  for (let i = 0; i < count; i++) {
    const one = laptop(`site${String(i).padStart(4, '0')}-0`);
    await one.trust.ensureKeys();
    const keys = one.trust.keys();
    if (!keys) throw new Error('no keys');
    const name = `Laptop ${i}`;
    must(
      await hq.trust.enrol(`site${String(i).padStart(4, '0')}`, keys, {
        name,
        holder: `Person ${i}`,
        site: `S${i}`,
        role: 'coordinator',
        kinds: null,
        until: null,
      }),
    );
    laptops.push(one);
  }
  const welcome = await written(hq);
  const replica = hq.device()?.replica ?? '';
  for (const one of laptops) await importInto(one, { bytes: welcome });
  return laptops.map((one) => ({
    laptop: one,
    async file() {
      const { bytes, name } = await exportFrom(one, replica, {
        seal: { kind: 'recipients', devices: [replica.replace(/-\d+$/, '')] },
      });
      return new File([bytes as Uint8Array<ArrayBuffer>], name.replace('HQ', one.replica));
    },
  }));
}

async function written(hq: Vault): Promise<Uint8Array> {
  let bytes = new Uint8Array();
  must(
    await exportPackage(
      hq,
      {
        keepExported: async () => ok(null),
        saveFile: async (file) => {
          bytes = file.bytes as Uint8Array<ArrayBuffer>;
          return ok({ name: file.name });
        },
      },
      { peer: undefined, content: 'snapshot', seal: { kind: 'clear' }, filterName: '', engine },
    ),
  );
  return bytes;
}
