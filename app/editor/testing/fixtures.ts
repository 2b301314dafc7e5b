// A small scene with known places: two lanes, three clips, 120 bpm, 100 pixels per second.
import { TempoMap } from '../../core/tempo.ts';
import type { AtomeObject, AudioClipAtome, AudioFileAtome, GroupAtome } from '../../protocol/kinds.ts';
import type { GestureContext, PointerSample } from '../gestures/gesture.ts';
import { buildScene, type Scene, type SceneClip } from '../scene.ts';
import type { Viewport } from '../viewport.ts';

export const timelineId = 'timeline';
export const tempo = new TempoMap({
  timebase: 'seconds',
  tempo_segments: [{ start_position: 0, bpm: 120, time_signature: '4/4' }],
});
export const view: Viewport = { left: 0, secondsPerPixel: 0.01, top: 0, width: 1000, height: 400 };
export const layout = { laneHeight: 84, lanes: 2 };

/** Ten seconds at 48 kHz. */
export const file: AudioFileAtome = {
  id: 'file',
  kind: 'AudioFileAtome',
  user_id: 'user',
  project_ids: [],
  name: 'File',
  content_hash: 'f'.repeat(64),
  sample_rate: 48_000,
  bit_depth: 32,
  channels: 2,
  frames: 480_000,
  duration: 10,
  container: 'wav',
  source: 'import',
  local_path: '',
  created_at: 0,
  updated_at: 0,
};

const group = (id: string, order: number): GroupAtome => ({
  id,
  kind: 'GroupAtome',
  project_id: 'project',
  timeline_id: timelineId,
  name: id,
  color: order,
  order,
  muted: false,
  solo: false,
  gain: 1,
});

export const clip = (
  id: string,
  lane: string | null,
  start: number,
  offset: number,
  end: number,
  more: Partial<AudioClipAtome> = {},
): AudioClipAtome => ({
  id,
  kind: 'AudioClipAtome',
  project_id: 'project',
  timeline_id: timelineId,
  audio_file_id: file.id,
  name: id,
  color: 0,
  record_position: null,
  play_position: start,
  start_offset: offset,
  end_offset: end,
  group_id: lane,
  stretch_ratio: 1,
  pitch_shift: 0,
  stretch_algo: 'none',
  gain: 1,
  pan: 0,
  muted: false,
  solo: false,
  fade_in: 0,
  fade_out: 0,
  ...more,
});

/** a: lane 0, 1 s to 3 s of the file's 2 s to 4 s; b: lane 0, 4 s to 6 s; c: lane 1, 2.5 s to 5.5 s. */
export const clips = (): AudioClipAtome[] => [
  clip('a', 'one', 1, 2, 4),
  clip('b', 'one', 4, 0, 2),
  clip('c', 'two', 2.5, 1, 4),
];

export function sceneOf(shown: readonly AudioClipAtome[] = clips()): Scene {
  const objects: AtomeObject[] = [file, group('one', 0), group('two', 1), ...shown];
  return buildScene(Object.fromEntries(objects.map((object) => [object.id, object])), timelineId, tempo);
}

export function clipNamed(scene: Scene, id: string): SceneClip {
  const found = scene.clips.get(id);
  if (!found) throw new Error(`no clip ${id}`);
  return found;
}

export const contextOf = (more: Partial<GestureContext> = {}): GestureContext => ({
  scene: sceneOf(),
  layout,
  view,
  selected: new Set(),
  snapping: false,
  snapTo: { grid: true, markers: true, transients: false },
  transientsIn: () => new Float64Array(),
  playhead: 0,
  ripple: false,
  stretching: false,
  tempoOf: () => undefined,
  ...more,
});

export const at = (x: number, y: number, more: Partial<PointerSample> = {}): PointerSample => ({
  x,
  y,
  shift: false,
  alt: false,
  mod: false,
  touch: false,
  ...more,
});
