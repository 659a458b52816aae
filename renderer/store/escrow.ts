/**
 * The private half of the organisation's root key, sealed into the roster: any headquarters can sign
 * with it, and the recovery key brings it back when all of them are gone.
 */
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { revocationOf, type Roster } from '../../shared/trust/roster';

/** For every headquarters that is not revoked, and for the recovery key. */
export async function sealEscrow(secret: Uint8Array, roster: Roster): Promise<string> {
  const encrypter = new Encrypter();
  const active = roster.devices.filter(
    ({ role, device }) => role === 'hq' && !revocationOf(roster, device),
  );
  const recipients = [...active.map(({ keys }) => keys.box), roster.recovery];
  for (const recipient of new Set(recipients)) encrypter.addRecipient(recipient);
  return armor.encode(await encrypter.encrypt(secret));
}

/** Undefined when the key does not open it. */
export async function openEscrow(
  escrow: string,
  identity: CryptoKey | string,
): Promise<Uint8Array | undefined> {
  try {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return await decrypter.decrypt(armor.decode(escrow));
  } catch {
    // The library throws for a key of a wrong form and for one that does not fit alike.
    return undefined;
  }
}
