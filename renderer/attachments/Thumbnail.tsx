/** What a card shows of its file: the picture itself, a sign of its type, or that it is not here. */
import { createElement, useEffect, useRef, useState } from 'react';
import {
  IconAlertTriangle,
  IconCloudOff,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import type { Attachment } from '../../shared/attachments/attachment';
import { canShow } from '../../shared/attachments/fileTypes';
import { useVault } from '../app/vaultContext';
import { madeThumbnail, makeThumbnail } from './thumbnails';
import classes from './attachments.module.css';

const signs: readonly (readonly [RegExp, Icon])[] = [
  [/^image\//, IconPhoto],
  [/pdf/, IconFileTypePdf],
  [/excel|sheet|csv/, IconFileSpreadsheet],
  [/zip|gzip|compressed/, IconFileZip],
  [/^video\//, IconVideo],
  [/^text\/|word|document|presentation|ofd/, IconFileText],
];

const signOf = (type: string): Icon => signs.find(([match]) => match.test(type))?.[1] ?? IconFile;

export function Thumbnail({ file }: { readonly file: Attachment }) {
  const { blobs } = useVault();
  const state = blobs.state(file.sha256);
  const isPicture = state === 'here' && canShow(file.type);
  const [url, setUrl] = useState(() => (isPicture ? madeThumbnail(file.sha256) : undefined));
  const box = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const element = box.current;
    if (!isPicture || url || !element) return undefined;
    let wanted = true;
    const show = async () => {
      const made = await makeThumbnail(blobs, file.sha256, () => wanted);
      if (wanted && made) setUrl(made);
    };
    // Only what comes into view is decoded: a record may carry a hundred photos.
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      void show();
    });
    observer.observe(element);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, [blobs, file.sha256, isPicture, url]);

  const sign =
    state === 'missing'
      ? IconCloudOff
      : state === 'damaged'
        ? IconAlertTriangle
        : signOf(file.type);
  return (
    <span ref={box} className={classes.thumbnail} data-state={state}>
      {isPicture && url ? (
        <img src={url} alt="" draggable={false} onError={() => setUrl(undefined)} />
      ) : (
        createElement(sign, { size: 34, stroke: 1.3, 'aria-hidden': true })
      )}
    </span>
  );
}
