/**
 * How far bytes from outside are trusted, carried by their type. Each step has one door:
 * RawBytes -> open -> OpenedFile -> verify -> VerifiedFile -> plan -> PlannedImport. Only the last
 * can be applied. The last two are declared by the steps that give them, verify.ts and plan.ts.
 */
import type { ArchiveEntry } from './ustarPieces';

declare const trust: unique symbol;
export type Trusted<T, Level extends 'raw' | 'opened' | 'verified' | 'planned'> = T & {
  readonly [trust]: Level;
};

/** Bytes as somebody handed them over. */
export type RawBytes = Trusted<Uint8Array, 'raw'>;
/** The archive inside: it was sealed for whoever opened it, and it is complete. */
export type OpenedFile = Trusted<Uint8Array, 'opened'>;
/** The same, taken apart while it was opened. */
export type OpenedEntries = Trusted<readonly ArchiveEntry[], 'opened'>;
