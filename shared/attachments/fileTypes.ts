/**
 * What kind of file it is, from its first bytes before its name, and its name before what was said
 * about it. Only pictures that are nothing but pixels are ever shown; everything else is only saved.
 */

/** Bytes that `typeOfFile` wants to see. */
export const HEAD_BYTES = 32;

export const UNKNOWN_TYPE = 'application/octet-stream';

/** What attachments are sorted by when a person chooses what to leave out. */
export const typeGroups = ['picture', 'document', 'other'] as const;
export type TypeGroup = (typeof typeGroups)[number];

const byExtension: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  rtf: 'application/rtf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  vsd: 'application/vnd.visio',
  vsdx: 'application/vnd.ms-visio.drawing',
  drawio: 'application/vnd.jgraph.mxfile',
  ofd: 'application/ofd',
  wps: 'application/vnd.ms-works',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  zip: 'application/zip',
  gz: 'application/gzip',
  '7z': 'application/x-7z-compressed',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
};

/** Types told by their first bytes: a name alone does not make a file one of them. */
const told = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/heic',
  'application/pdf',
]);

/** Pixels only: no script, no reference to anything outside, no document that opens others. */
const shown = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
]);

const MIME = /^[a-z0-9][a-z0-9.+-]{0,40}\/[a-z0-9][a-z0-9.+-]{0,57}$/;

/** `said`: the type that the system or a browser gave with the file; may be empty. */
export function typeOfFile(name: string, head: Uint8Array, said: string): string {
  const seen = typeByBytes(head);
  if (seen) return seen;
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const named = Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
  if (named) return named;
  const plain = said.toLowerCase().split(';')[0]?.trim() ?? '';
  return MIME.test(plain) && !told.has(plain) ? plain : UNKNOWN_TYPE;
}

function typeByBytes(head: Uint8Array): string | undefined {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (text(0, 3) === '\u00ff\u00d8\u00ff') return 'image/jpeg';
  if (text(0, 8) === '\u0089PNG\r\n\u001a\n') return 'image/png';
  if (/^GIF8[79]a$/.test(text(0, 6))) return 'image/gif';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (text(0, 5) === '%PDF-') return 'application/pdf';
  if (text(4, 8) !== 'ftyp') return undefined;
  const brand = text(8, 12);
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  return /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand) ? 'image/heic' : undefined;
}

/** May it be shown as a picture? */
export const canShow = (type: string): boolean => shown.has(type);

export function groupOf(type: string): TypeGroup {
  if (type.startsWith('image/')) return 'picture';
  return type.startsWith('text/') || /pdf|word|excel|sheet|presentation|document|ofd/.test(type)
    ? 'document'
    : 'other';
}
