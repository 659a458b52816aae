/** A request for enrolment on its way to the dialogue that answers it, whichever door it came through. */
import { create } from 'zustand';
import type { OpenedFile } from '../../../../shared/host';
import { navigate } from '../../../app/hashLocation';
import { paths } from '../../../app/paths';
import { sortOf } from '../../../exchange/seal';

interface Enrolling {
  readonly file: OpenedFile | undefined;
  close(): void;
}

export const useEnrolling = create<Enrolling>()((set) => ({
  file: undefined,
  close: () => set({ file: undefined }),
}));

/** True when it was a request: the devices screen deals with it from here. */
export function tookRequest(file: OpenedFile): boolean {
  if (sortOf(file.bytes) !== 'request') return false;
  useEnrolling.setState({ file });
  navigate(paths.devices);
  return true;
}
