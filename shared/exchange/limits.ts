/**
 * What a file may hold at most. Generous for honest files (a snapshot of 100,000 records packs to
 * about 20 MB), small enough that a hostile one can neither fill the memory nor stop the program.
 * Sizes in bytes unless said otherwise.
 */
const KB = 1024;
const MB = 1024 * KB;

/** A whole exchange file, encrypted. */
export const MAX_FILE = 512 * MB;
/** manifest.json, unpacked. */
export const MAX_MANIFEST = 16 * MB;
/** Entries of the archive beside the manifest. */
export const MAX_ENTRIES = 100_000;
/** One segment, packed and unpacked. The second one is enforced while inflating. */
export const MAX_SEGMENT_PACKED = 64 * MB;
export const MAX_SEGMENT = 128 * MB;
/** All segments of a file together, unpacked. */
export const MAX_UNPACKED = 1024 * MB;
/** One line of a segment: one change, in UTF-16 units. */
export const MAX_LINE = 8 * MB;
/** One text or key inside a change, in UTF-16 units. */
export const MAX_STRING = 1_000_000;
/** Lists and objects inside each other in one field. */
export const MAX_DEPTH = 32;
/** Replicas in a version vector. */
export const MAX_REPLICAS = 100_000;
/** Greatest work factor (log2 N) of a passphrase that is tried; 20 costs 1 GB and some seconds. */
export const MAX_SCRYPT_LOG_N = 20;
/** Bases of a file, and the parts of one beside its head. */
export const MAX_BASES = 16;
export const MAX_BASE_PARTS = 1000;
/** Segments that say the same in other bytes, as a receipt names them. */
export const MAX_SAME = 16;
/** Segments that the bases of a file stand for. */
export const MAX_STANDS = 250_000;
/** Attachments of a file, and one of them. */
export const MAX_BLOBS = 20_000;
export const MAX_BLOB = 64 * MB;
/** Attachments that a file asks for. */
export const MAX_WANTS = 50_000;
