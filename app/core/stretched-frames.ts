// Where the sound of a clip lies in frames: of its file, and of that file stretched.
import { type Frames, nearestFrame, type Seconds } from './units.ts';

/** What a clip says about the part of its file that it plays, and how fast. */
export interface PlayedPart {
  readonly start_offset: Seconds;
  readonly end_offset: Seconds;
  readonly stretch_algo: 'bungee' | 'none';
  /** Duration on the timeline over duration in the file. */
  readonly stretch_ratio: number;
}

/** How long a file is. */
export interface FileLength {
  readonly sample_rate: number;
  readonly frames: Frames;
}

/** A clip without a stretcher plays at its file's own speed, whatever its ratio. */
export const stretchOf = ({ stretch_algo, stretch_ratio }: Omit<PlayedPart, 'start_offset' | 'end_offset'>): number =>
  stretch_algo === 'none' ? 1 : stretch_ratio;

/** Frames of a file: `[first, end)`. */
export interface FrameRange {
  readonly first: Frames;
  readonly end: Frames;
}

/** What a clip plays of its file. */
export const sourceRange = ({ start_offset, end_offset }: PlayedPart, file: FileLength): FrameRange => ({
  first: nearestFrame(start_offset, file.sample_rate),
  end: Math.min(nearestFrame(end_offset, file.sample_rate), file.frames),
});

/**
 * The frame of the stretched file at which a frame of the file sounds: a stretched clip plays a part of its stretched file,
 * whose frame n is the file at n / stretch. So what is cut apart adds up to what it was, and goes on where it was cut,
 * wherever it lies.
 */
export const stretchedFrame = (frame: Frames, stretch: number): Frames => Math.round(frame * stretch);

/** The frame of the file that sounds at a frame of the stretched file. */
export const sourceFrame = (stretched: Frames, stretch: number): Frames => Math.round(stretched / stretch);

/** Frames, of the file's rate, for which a clip sounds on its timeline. */
export function soundingFrames(part: PlayedPart, file: FileLength): Frames {
  const stretch = stretchOf(part);
  const { first, end } = sourceRange(part, file);
  return Math.max(0, stretchedFrame(end, stretch) - stretchedFrame(first, stretch));
}
