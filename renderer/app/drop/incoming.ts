/** Exchange files on their way to the exchange place: dropped, pasted, opened from outside. */
import { create } from 'zustand';
import type { FileRead } from '../../../shared/host';

interface Incoming {
  readonly files: readonly FileRead[];
  offer(files: readonly FileRead[]): void;
  /** Each file goes to one import only. */
  take(): readonly FileRead[];
}

export const useIncoming = create<Incoming>()((set, get) => ({
  files: [],
  offer: (files) => set({ files: [...get().files, ...files] }),
  take() {
    const { files } = get();
    if (files.length) set({ files: [] });
    return files;
  },
}));
