import type { FrozenPerson, FrozenPhone } from '../../../shared/response/frozen';

/** The number to dial first: by the channel agreed on, else the first one known. */
export const bestPhone = (
  person: FrozenPerson | null,
  channel: FrozenPhone['type'],
): FrozenPhone | undefined =>
  person?.phones.find((phone) => phone.type === channel) ?? person?.phones[0];

/** The other numbers of the person. */
export const otherPhones = (
  person: FrozenPerson | null,
  channel: FrozenPhone['type'],
): readonly FrozenPhone[] => {
  const best = bestPhone(person, channel);
  return person?.phones.filter((phone) => phone !== best) ?? [];
};
