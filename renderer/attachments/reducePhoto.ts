/** A smaller copy of a photo, for files that must fit on little: at most 2048 pixels a side. */
const MAX_SIDE = 2048;
const QUALITY = 0.82;
/** Below this nothing worth the loss is gained. Bytes. */
const WORTH_TRYING = 512 * 1024;
const MUST_SAVE = 0.8;

/** Types that are written anew as what they are; other pictures of pixels become JPEG. */
const kept = new Set(['image/png', 'image/webp']);

export interface Reduced {
  readonly blob: Blob;
  readonly type: string;
  /** For the name, when the type is another one than before. */
  readonly extension: string | undefined;
}

/**
 * Undefined when the file is no picture this browser can decode, or would hardly get smaller. What
 * the camera noted besides the picture, the place included, is not in the copy.
 */
export async function reducePhoto(blob: Blob, type: string): Promise<Reduced | undefined> {
  if (blob.size < WORTH_TRYING || type === 'image/gif') return undefined;
  const bitmap = await decode(blob);
  if (!bitmap) return undefined;
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const target = kept.has(type) ? type : 'image/jpeg';
  const out = await draw(bitmap, scale, target);
  bitmap.close();
  if (!out || out.type !== target || out.size > blob.size * MUST_SAVE) return undefined;
  return { blob: out, type: target, extension: target === type ? undefined : 'jpg' };
}

/** Undefined for what this browser cannot decode: damaged, of another type, or too many pixels. */
export async function decode(
  blob: Blob,
  options: ImageBitmapOptions = {},
): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(blob, options);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Undefined when there is no memory for a picture of that size. */
export async function draw(
  bitmap: ImageBitmap,
  scale: number,
  type: string,
): Promise<Blob | undefined> {
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
  }
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality: QUALITY });
}
