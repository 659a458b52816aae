/** What is hard about the content itself. */
import { kindOf } from '../../shared/kinds/registry';
import { apartOf } from '../../shared/review/apart';
import { findDuplicates } from '../../shared/review/duplicates';
import { must, peerAt, writeFile, type Machine } from './machine';
import { arrive, other, survived, type Fault } from './misfortune';
import { carry } from './organisation';

const set = (machine: Machine, id: string, fields: Record<string, string>) =>
  machine.vault.commit([{ do: 'set', id, fields }]);

export const faultsOfContent: readonly Fault[] = [
  {
    name: 'missing attachment',
    async befall({ hq, member, world }) {
      const { vault } = member.machine;
      const blob = must(await vault.blobs.put(new Blob([`photo ${++world.marks}`])));
      const of = vault.newId();
      const fields = { of, name: 'photo', type: 'image/png', ...blob };
      const done = await vault.commit([
        { do: 'create', kind: 'ci', id: of, fields: { name: 'with a photo' } },
        { do: 'create', kind: 'attachment', id: vault.newId(), fields },
      ]);
      if (!done.ok) return undefined;
      const without = must(
        await writeFile(member.machine, peerAt(member.machine, hq.machine), { blobs: [] }),
      );
      await arrive(hq, without);
      if (hq.machine.vault.blobs.has(blob.sha256)) return undefined;
      // Headquarters asks for it, and gets it.
      must((await carry(hq.machine, member.machine)) ?? { ok: true, value: null });
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      if (!hq.machine.vault.blobs.has(blob.sha256)) throw new Error('an attachment did not come');
      return survived;
    },
  },
  {
    name: 'very many changes at once',
    async befall({ hq, member, options, random }) {
      if (random() > 0.2) return undefined;
      const { vault } = member.machine;
      for (let at = 0; at < options.bulk; at += 5000) {
        const many = Array.from({ length: Math.min(5000, options.bulk - at) }, (_, i) => ({
          do: 'create' as const,
          kind: 'ci',
          id: vault.newId(),
          fields: { name: `imported ${at + i}` },
        }));
        must(await vault.commit(many));
      }
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      return survived;
    },
  },
  {
    name: 'two edit one field apart',
    async befall(context) {
      const { hq, member } = context;
      const id = member.machine.vault.newId();
      must(
        await member.machine.vault.commit([
          { do: 'create', kind: 'plan', id, fields: { name: 'plan' } },
        ]),
      );
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      if (!hq.machine.vault.projection.get(id)) return undefined;
      must(await set(hq.machine, id, { purpose: 'as approved' }));
      must(await set(member.machine, id, { purpose: 'as edited' }));
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      if (!hq.machine.vault.projection.conflicts().has(id)) throw new Error('no conflict shown');
      return survived;
    },
  },
  {
    name: 'duplicate asset number',
    async befall({ hq, member, world }) {
      const uid = `ASSET-${++world.marks}`;
      const create = ({ vault }: Machine) =>
        vault.commit([{ do: 'create', kind: 'ci', id: vault.newId(), fields: { name: uid, uid } }]);
      must(await create(hq.machine));
      must(await create(member.machine));
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      return reports(hq.machine, uid) ? survived : undefined;
    },
  },
  {
    name: 'link to a record not yet here',
    async befall(context) {
      const third = other(context);
      if (!third) return undefined;
      const { hq, member } = context;
      const { vault } = member.machine;
      const [from, to] = [vault.newId(), hq.machine.vault.newId()];
      // Only headquarters and the member know the end of the link; the third gets the member's part.
      must(
        await hq.machine.vault.commit([
          { do: 'create', kind: 'ci', id: to, fields: { name: 'end' } },
        ]),
      );
      must((await carry(hq.machine, member.machine)) ?? { ok: true, value: null });
      if (!vault.projection.get(to)) return undefined;
      must(
        await vault.commit([
          { do: 'create', kind: 'ci', id: from, fields: { name: 'start' } },
          { do: 'link', from, rel: 'dependsOn', to },
        ]),
      );
      return arrive(
        third,
        must(await writeFile(member.machine, peerAt(member.machine, hq.machine))),
      );
    },
  },
];

/** Both are there, and suggested as duplicates of each other. */
function reports(hq: Machine, uid: string): boolean {
  const kind = kindOf('ci');
  const both = [...hq.vault.projection.records('ci')].filter((each) => each.values.uid === uid);
  if (!kind || both.length !== 2) return false;
  const search = findDuplicates(kind, both, apartOf([]));
  for (;;) {
    const step = search.next();
    if (step.done) return step.value.length === 1;
  }
}
