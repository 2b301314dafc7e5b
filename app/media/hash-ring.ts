// What passes between a stream's hasher and its worker: pieces in the slots of a ring that both see.

/** Pieces on their way to the worker: enough to keep it busy while the disk writes what was there before. */
export const slots = 24;
export const slotBytes = 1024 * 1024;

/** To the worker: first the module, then bytes in the next slot (how many) or as they are, then `null` for the end. */
export type HashRequest = WebAssembly.Module | number | Uint8Array | null;

/** From it: first the ring, or `null` where memory cannot be shared; `null` for every piece; at the end the digest. */
export type HashReply = Uint8Array | string | null;

/** The slot of the piece with this number. */
export const slotOf = (ring: Uint8Array, piece: number, length: number): Uint8Array => {
  const start = (piece % slots) * slotBytes;
  return ring.subarray(start, start + length);
};
