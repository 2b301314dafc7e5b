// Waits for the transients of clips.
import type { SceneClip } from '../../editor/scene.ts';
import { text } from '../text.ts';
import type { TimelineModel } from './model.ts';
import { searchSounds } from './sound-search.ts';

export interface FoundTransients {
  readonly clip: SceneClip;
  /** All inside the clip, in timeline seconds. */
  readonly times: Float64Array;
}

/** Each clip with its transients; undefined, and said, when they cannot be had. */
export function findTransients(
  { client, transients }: TimelineModel,
  clips: readonly SceneClip[],
): Promise<readonly FoundTransients[] | undefined> {
  return searchSounds(
    client,
    clips.map((clip) => clip.hash),
    text('clip.seekingTransients'),
    Promise.all(clips.map(async (clip) => ({ clip, times: await transients.of(clip) }))),
  );
}
