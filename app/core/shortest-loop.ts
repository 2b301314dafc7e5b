// The shortest loop there is.
import type { Seconds } from './units.ts';

/** In a shorter one the engine's fades of 128 frames (2.7 ms) would meet, and nothing would sound. */
export const shortestLoop: Seconds = 0.003;
