/** Sizes in bytes. What one attachment weighs at most is a limit of the files that carry them. */
import { MAX_BLOB } from '../exchange/limits';

const MB = 1024 * 1024;

/** A photo of a phone has 3 to 12 MB, a scanned plan seldom 40. */
export const MAX_ATTACHMENT = MAX_BLOB;

/** What a file carries in attachments unless a person chooses otherwise, and at most. */
export const DEFAULT_BUDGET = 64 * MB;
/** What is left of the most that a file may have is for the records. */
export const MAX_BUDGET = 384 * MB;
