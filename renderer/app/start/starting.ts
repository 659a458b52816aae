/** The first minutes of headquarters: the start screen stays until the recovery key was shown. */
import { create } from 'zustand';

interface Starting {
  /** The shell waits while set-up still has something to show. */
  readonly busy: boolean;
  readonly recoveryKey: string | undefined;
}

export const useStarting = create<Starting>()(() => ({ busy: false, recoveryKey: undefined }));

export const startingDone = (): void =>
  useStarting.setState({ busy: false, recoveryKey: undefined });
