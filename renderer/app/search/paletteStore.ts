/** Is the palette open, and which records were opened lately (newest first, this session only). */
import { create } from 'zustand';
import type { RecordId } from '../../../shared/log/change';

interface PaletteState {
  readonly opened: boolean;
  readonly recent: readonly RecordId[];
  open(): void;
  close(): void;
  note(id: RecordId): void;
}

const RECENT = 6;

export const usePalette = create<PaletteState>()((set) => ({
  opened: false,
  recent: [],
  open: () => set({ opened: true }),
  close: () => set({ opened: false }),
  note: (id) =>
    set(({ recent }) => ({
      recent: [id, ...recent.filter((each) => each !== id)].slice(0, RECENT),
    })),
}));
