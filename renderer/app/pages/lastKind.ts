/** The table last looked at in each place, while the window is open. */
import { create } from 'zustand';
import type { Place } from '../../../shared/kinds/define';

type LastKinds = Readonly<Partial<Record<Place, string>>>;

const useLastKinds = create<LastKinds>(() => ({}));

export const lastKindAt = (place: Place): string | undefined => useLastKinds.getState()[place];

export const noteKindAt = (place: Place, kind: string): void =>
  useLastKinds.setState({ [place]: kind });
