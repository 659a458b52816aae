/**
 * How far bytes from outside are trusted, carried by their type. Each step has one door:
 * RawBytes -> open -> OpenedFile -> verify -> VerifiedFile -> plan -> PlannedImport. Only the last
 * can be applied.
 */
declare const trust: unique symbol;
type Brand<T, Level extends string> = T & { readonly [trust]: Level };

/** Bytes as somebody handed them over. */
export type RawBytes = Brand<Uint8Array, 'raw'>;
/** The archive inside: whoever wrote it knew the passphrase, and it is complete. */
export type OpenedFile = Brand<Uint8Array, 'opened'>;
/** Every entry listed, every hash right, every line of every segment looked at. */
export type VerifiedFile = Brand<import('./verify').FileContent, 'verified'>;
/** What applying it would do has been worked out; the person may now say yes. */
export type PlannedImport = Brand<import('./plan').ImportPlan, 'planned'>;
