/** Opens the camera of a tablet or phone directly. */
import type { RefObject } from 'react';

/** Computers with a mouse show an ordinary file dialogue instead, which the other button has. */
export const hasCamera = (): boolean =>
  window.matchMedia('(pointer: coarse)').matches && navigator.maxTouchPoints > 0;

interface CameraInputProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  onFiles(files: readonly File[]): void;
}

export function CameraInput({ ref, onFiles }: CameraInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      accept="image/*"
      capture="environment"
      hidden
      onChange={(event) => {
        const photos = [...(event.currentTarget.files ?? [])];
        // The next photo may have the same name, which would be no change.
        event.currentTarget.value = '';
        onFiles(photos);
      }}
    />
  );
}
