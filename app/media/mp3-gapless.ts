// Where the music begins and ends inside an MP3, from the Xing/Info frame that encoders put in front.

/** Frames that every MP3 decoder lags behind: half a filterbank and one hybrid window (LAME's DECDELAY + 1). */
const decoderDelay = 529;
/** The first MPEG frame is looked for this far behind the tags. */
const searchBytes = 8192;

export interface HeardRange {
  /** Seconds of decoded sound: [start, end). */
  readonly start: number;
  readonly end: number;
}

const id3HeaderBytes = 10;
const sampleRates = [44_100, 48_000, 32_000];

/** The heard part of an MP3; undefined when its encoder did not tell. */
export async function mp3HeardRange(file: Blob): Promise<HeardRange | undefined> {
  const start = await endOfTags(file);
  const bytes = new Uint8Array(await file.slice(start, start + searchBytes).arrayBuffer());
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const frame = readFrameHeader(bytes, at);
    if (frame) return readInfo(bytes, at, frame);
  }
  return undefined;
}

/** Byte behind the ID3v2 tags, which may follow each other. */
async function endOfTags(file: Blob): Promise<number> {
  let at = 0;
  for (;;) {
    const tag = new Uint8Array(await file.slice(at, at + id3HeaderBytes).arrayBuffer());
    if (tag.length < id3HeaderBytes || text(tag, 0, 3) !== 'ID3') return at;
    const hasFooter = (byteAt(tag, 5) & 0x10) !== 0;
    const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + (byteAt(tag, index) & 0x7f), 0);
    at += id3HeaderBytes + size + (hasFooter ? id3HeaderBytes : 0);
  }
}

interface FrameHeader {
  readonly sampleRate: number;
  readonly samples: number;
  /** Bytes of side information between the header and the Info tag. */
  readonly sideBytes: number;
}

/** A layer III frame header of MPEG 1, 2 or 2.5 (ISO/IEC 11172-3, 13818-3). */
function readFrameHeader(bytes: Uint8Array, at: number): FrameHeader | undefined {
  if (byteAt(bytes, at) !== 0xff || (byteAt(bytes, at + 1) & 0xe6) !== 0xe2) return undefined;
  const version = (byteAt(bytes, at + 1) >> 3) & 3;
  const rate = sampleRates[(byteAt(bytes, at + 2) >> 2) & 3];
  const bitrate = byteAt(bytes, at + 2) >> 4;
  if (version === 1 || rate === undefined || bitrate === 0xf) return undefined;
  const mono = byteAt(bytes, at + 3) >> 6 === 3;
  const first = version === 3;
  const sampleRate = first ? rate : version === 2 ? rate / 2 : rate / 4;
  return { sampleRate, samples: first ? 1152 : 576, sideBytes: first ? (mono ? 17 : 32) : mono ? 9 : 17 };
}

function readInfo(bytes: Uint8Array, at: number, frame: FrameHeader): HeardRange | undefined {
  const tag = at + 4 + frame.sideBytes;
  const name = text(bytes, tag, 4);
  if (name !== 'Xing' && name !== 'Info') return undefined;
  const flags = byteAt(bytes, tag + 7);
  const hasFrames = (flags & 1) !== 0;
  const encoder = tag + 8 + (hasFrames ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (encoder + 24 > bytes.length || byteAt(bytes, encoder) === 0) return undefined;
  const delays = (byteAt(bytes, encoder + 21) << 16) | (byteAt(bytes, encoder + 22) << 8) | byteAt(bytes, encoder + 23);
  const encoderDelay = delays >> 12;
  const padding = delays & 0xfff;
  const start = encoderDelay + decoderDelay;
  const count = hasFrames ? new DataView(bytes.buffer, bytes.byteOffset + tag + 8, 4).getUint32(0) : 0;
  const end = count > 0 ? count * frame.samples - Math.max(0, padding - decoderDelay) : Number.POSITIVE_INFINITY;
  return end > start ? { start: start / frame.sampleRate, end: end / frame.sampleRate } : undefined;
}

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));
