/**
 * Keeps what is being typed when the window closes. Written shortly after typing stops and at once
 * when the page is hidden; never exchanged.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fields } from '../../../shared/log/change';
import { useVault } from '../../app/vaultContext';

const PAUSE_MS = 600;

export interface Draft {
  /** A draft left from before, until it is taken or thrown away. */
  readonly found: Fields | undefined;
  take(): void;
  discard(): void;
  /** Notes what is typed now; undefined when nothing differs from the record. */
  note(fields: Fields | undefined): void;
  /** After saving: no draft is left. */
  clear(): Promise<void>;
}

export function useDraft(key: string): Draft {
  const vault = useVault();
  const [found, setFound] = useState<Fields>();
  const pending = useRef<{ readonly fields: Fields | undefined }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    let gone = false;
    void vault.draft(key).then(
      (fields) => {
        if (!gone && fields && !pending.current) setFound(fields);
        return undefined;
      },
      (error: unknown) => {
        if (!gone) throw error;
      },
    );
    return () => {
      gone = true;
    };
  }, [vault, key]);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const waiting = pending.current;
    pending.current = undefined;
    if (waiting) await vault.saveDraft(key, waiting.fields);
  }, [vault, key]);

  useEffect(() => {
    const now = () => void flush();
    const hidden = () => {
      if (document.visibilityState === 'hidden') void flush();
    };
    window.addEventListener('pagehide', now);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('pagehide', now);
      document.removeEventListener('visibilitychange', hidden);
      void flush();
    };
  }, [flush]);

  const note = useCallback(
    (fields: Fields | undefined) => {
      pending.current = { fields };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE_MS);
    },
    [flush],
  );

  const clear = useCallback(async () => {
    clearTimeout(timer.current);
    pending.current = undefined;
    setFound(undefined);
    await vault.saveDraft(key, undefined);
  }, [vault, key]);

  return { found, take: () => setFound(undefined), discard: () => void clear(), note, clear };
}
