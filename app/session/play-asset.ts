// Playing one file by itself: on the timeline where its markers live, which is made when it has none.
import { AtomeError } from '../protocol/errors.ts';
import type { ObjectOf } from '../protocol/kinds.ts';
import type { ParsedLive } from './parse.ts';
import type { ObjectReader } from './types.ts';

type PlayAsset = Extract<ParsedLive, { cmd: 'PLAY_ASSET_AS_TIMELINE' }>;

/**
 * The timeline of a file's markers: the one that is asked for, or the first; undefined when there is none yet.
 * @throws AtomeError ERR_NOT_FOUND
 */
export function markerSetOf(
  objects: ObjectReader,
  { audio_file_id, marker_set_id }: PlayAsset,
): ObjectOf<'AudioRefTimelineAtome'> | undefined {
  if (objects.get(audio_file_id)?.kind !== 'AudioFileAtome') {
    throw new AtomeError('ERR_NOT_FOUND', `audio_file_id: no AudioFileAtome ${audio_file_id}`);
  }
  for (const known of objects.referrers(audio_file_id, 'AudioRefTimelineAtome')) {
    if (marker_set_id === undefined || known.id === marker_set_id) return known;
  }
  if (marker_set_id === undefined) return undefined;
  throw new AtomeError('ERR_NOT_FOUND', `marker_set_id: no AudioRefTimelineAtome ${marker_set_id} of this file`);
}
