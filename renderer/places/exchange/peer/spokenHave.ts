/** "What I have" in four words, and whether what somebody reads out is the same. */
import { useEffect, useState } from 'react';
import type { Vector } from '../../../../shared/log/vector';
import { haveText, HAVE_WORDS, spoken, type SpokenCode } from '../../../../shared/trust/words';
import { webCodec } from '../../../exchange/webCodec';

export function useSpokenHave(have: Vector): SpokenCode | undefined {
  const [found, setFound] = useState<{ readonly text: string; readonly code: SpokenCode }>();
  const text = haveText(have);
  useEffect(() => {
    let live = true;
    void webCodec
      .sha256(webCodec.encode(text))
      .then((sha256) => live && setFound({ text, code: spoken(sha256, HAVE_WORDS) }));
    return () => {
      live = false;
    };
  }, [text]);
  return found?.text === text ? found.code : undefined;
}

/** No two words share their first four letters. */
const ENOUGH = 4;

/**
 * Compares words or numbers, in any case and with any signs between. Undefined while fewer were
 * typed than there are.
 */
export function sameCode(typed: string, code: SpokenCode): boolean | undefined {
  const parts = typed.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  if (parts.length < code.words.length) return undefined;
  return (
    parts.length === code.words.length &&
    parts.every((part, i) => {
      const word = code.words[i] ?? '';
      const starts = part.length >= Math.min(ENOUGH, word.length) && word.startsWith(part);
      return starts || part.padStart(4, '0') === code.numbers[i];
    })
  );
}
