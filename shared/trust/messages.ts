/**
 * What is signed. Each sort of message begins with a name of its own, so that a signature given for
 * one thing can never be shown for another. The text after it is short or public, so that any tool
 * that knows Ed25519 can check a signature.
 */

/** Signed by the author of a segment. The hash covers the header with author, range and chain. */
export const segmentMessage = (sha256: string): string => `holdfast-segment-1\n${sha256}\n`;

/** Signed by the sender of a file, over the SHA-256 of manifest.json as it stands in the archive. */
export const manifestMessage = (sha256: string): string => `holdfast-manifest-1\n${sha256}\n`;

/** Signed by headquarters, over the SHA-256 of a base's head. */
export const baseMessage = (sha256: string): string => `holdfast-base-1\n${sha256}\n`;

/** Signed by headquarters, over the SHA-256 of what names bases and the segments they stand for. */
export const standsMessage = (sha256: string): string => `holdfast-stands-1\n${sha256}\n`;

/** Signed by the organisation's root key. */
export const rosterMessage = (text: string): string => `holdfast-roster-1\n${text}\n`;

/** Signed by the key that asks to be enrolled: proof that the asker holds it. */
export const requestMessage = (text: string): string => `holdfast-request-1\n${text}\n`;
