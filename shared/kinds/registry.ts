/** Every kind, in the order menus show them. A new kind is one file, its labels and one line here. */
import { attachment } from './attachment';
import { approval } from './approval';
import { callNode } from './callNode';
import { change } from './change';
import { ci } from './ci';
import { ciClass } from './ciClass';
import type { KindDef, Place } from './define';
import { device } from './device';
import { distinct } from './distinct';
import { document } from './document';
import { drill } from './drill';
import { drillEntry } from './drillEntry';
import { link } from './link';
import { organisation } from './organisation';
import { person } from './person';
import { plan } from './plan';
import { planSection } from './planSection';
import { planStep } from './planStep';
import { service } from './service';
import { site } from './site';
import { sla } from './sla';

export const kinds: readonly KindDef[] = [
  drill,
  drillEntry,
  plan,
  planSection,
  planStep,
  callNode,
  service,
  sla,
  ci,
  ciClass,
  site,
  person,
  organisation,
  change,
  document,
  attachment,
  approval,
  distinct,
  device,
  link,
];

const byName: ReadonlyMap<string, KindDef> = new Map(kinds.map((kind) => [kind.name, kind]));

/** The kind of that name, or undefined for one that only a newer release knows. */
export const kindOf = (name: string): KindDef | undefined => byName.get(name);

/** Kinds with a screen at that place; parts of another record are shown inside it. */
export const kindsAt = (place: Place): readonly KindDef[] =>
  kinds.filter((kind) => kind.place === place && !kind.parent);

/** Kinds that are shown as parts of a record of the given kind. */
export const partsOf = (name: string): readonly KindDef[] =>
  kinds.filter((kind) => {
    const field = kind.parent ? kind.fields[kind.parent] : undefined;
    return field?.type === 'ref' && field.to === name;
  });
