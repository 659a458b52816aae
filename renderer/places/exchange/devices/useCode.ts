/** Fingerprints as words; hashing is asynchronous, so they come a moment later. */
import { useEffect, useState } from 'react';
import {
  fingerprintText,
  organisationText,
  type PublicKeys,
} from '../../../../shared/trust/device';
import type { SpokenCode } from '../../../../shared/trust/words';
import { spokenOf } from '../../../exchange/enrol';

function useSpoken(text: string | undefined): SpokenCode | undefined {
  const [found, setFound] = useState<{ readonly text: string; readonly code: SpokenCode }>();
  useEffect(() => {
    if (text === undefined) return undefined;
    let live = true;
    void spokenOf(text).then((code) => live && setFound({ text, code }));
    return () => {
      live = false;
    };
  }, [text]);
  return found?.text === text ? found?.code : undefined;
}

export const useDeviceCode = (
  device: string | undefined,
  keys: PublicKeys | undefined,
): SpokenCode | undefined =>
  useSpoken(device !== undefined && keys ? fingerprintText(device, keys) : undefined);

export const useOrganisationCode = (root: string | undefined): SpokenCode | undefined =>
  useSpoken(root === undefined ? undefined : organisationText(root));
