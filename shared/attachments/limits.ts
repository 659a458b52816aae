/** Bytes. */
const MB = 1024 * 1024;

/** One attachment at most. A photo of a phone has 3 to 12 MB, a scanned plan seldom 40. */
export const MAX_ATTACHMENT = 64 * MB;

/** What a file carries in attachments unless a person chooses otherwise. */
export const DEFAULT_BUDGET = 64 * MB;
