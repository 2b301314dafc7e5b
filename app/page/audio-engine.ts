// The AudioEngine of `window.atome` (SPEC 2): session commands where the project changes, the live engine where it sounds.
import type {
  AudioEngine,
  BackendName,
  EngineStatus,
  RenderOptions,
  RenderResult,
  TimelinePosition,
} from '../engine/audio-engine.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import type { AppState, CommandReply } from '../protocol/state.ts';
import { Gestures } from './gestures.ts';
import { assertObject } from './scripting.ts';

/** What the facade needs of the running program. */
export interface AudioEngineParts {
  backend(): BackendName;
  readonly state: AppState;
  dispatch(command: Command): Promise<CommandReply>;
  startSound(context?: AudioContext): Promise<void>;
  stopSound(): Promise<void>;
  position(timelineId: string): Promise<TimelinePosition>;
  status(): Promise<EngineStatus>;
  lastError(): string | null;
  render(timelineId: string, options: RenderOptions): Promise<RenderResult>;
  recordOutput(frames: number): Promise<{ startFrame: number; channels: Float32Array[] }>;
}

export function createAudioEngine(parts: AudioEngineParts): AudioEngine {
  const { state } = parts;
  const stretching = new Gestures();

  /** Dispatches; a refusal becomes an exception, for these methods promise to have done it. */
  async function must(command: Command): Promise<void> {
    const reply = await parts.dispatch(command);
    if (!reply.ok) throw new AtomeError(reply.error);
  }

  const clipProperties = (clip: AudioClipAtome) => {
    const { id: _id, kind: _kind, project_id: _project, timeline_id: _timeline, ...rest } = clip;
    return rest;
  };

  /** Without what plays in its place. */
  const soundingProperties = (clip: AudioClipAtome) => {
    const { frozen_by: _rendered, ...rest } = clipProperties(clip);
    return rest;
  };

  /** Every property of an existing clip as it should be; one undo step. */
  async function updateClip(clip: AudioClipAtome): Promise<void> {
    assertObject('clip', clip);
    const { audio_file_id: _file, ...properties } = clipProperties(clip);
    return must({ cmd: 'SET_OBJECT', id: clip.id, properties: { ...properties, timeline_id: clip.timeline_id } });
  }

  return {
    get backend() {
      return parts.backend();
    },
    init: parts.startSound,
    shutdown: parts.stopSound,
    async loadClip(clip, file) {
      assertObject('clip', clip);
      assertObject('file', file);
      if (!state.objects[file.id]) throw new AtomeError('ERR_NOT_FOUND', `audio file ${file.id}`);
      if (state.objects[clip.id]) return updateClip(clip);
      return must({
        cmd: 'ADD_CLIP',
        id: clip.id,
        timeline_id: clip.timeline_id,
        ...soundingProperties(clip),
        audio_file_id: file.id,
      });
    },
    updateClip,
    removeClip: (clipId) => must({ cmd: 'REMOVE_CLIPS', clip_ids: [clipId] }),
    updateClipTimeStretch: (clip_id, stretch_ratio, pitch_shift) =>
      must({
        cmd: 'SET_CLIP',
        clip_id,
        gesture: stretching.of(clip_id, performance.now()),
        stretch_ratio,
        pitch_shift,
      }),
    setRoutingGraph: (graph) => must({ cmd: 'SET_ROUTING_GRAPH', graph }),
    updateRoutingGraph: (delta) => must({ cmd: 'UPDATE_ROUTING', delta }),
    scheduleAutomation: (event, options) => must({ cmd: 'SCHEDULE_AUTOMATION', ...event, ...options }),
    playTimeline: (id, options) =>
      must({
        cmd: 'TIMELINE_PLAY',
        timeline_id: id,
        ...(options?.start === undefined ? {} : { start: { type: 'time' as const, value: options.start } }),
      }),
    stopTimeline: (id) => must({ cmd: 'TIMELINE_STOP', timeline_id: id }),
    async seekTimeline(id, position) {
      if (typeof position === 'number') return must({ cmd: 'TIMELINE_SEEK', timeline_id: id, to: position });
      assertObject('position', position);
      return position.type === 'marker'
        ? must({ cmd: 'TIMELINE_SEEK', timeline_id: id, to: { type: 'marker', value: String(position.value) } })
        : must({ cmd: 'TIMELINE_SEEK', timeline_id: id, to: { type: 'time', value: Number(position.value) } });
    },
    setTempo: (id, bpm) => must({ cmd: 'SET_TEMPO', timeline_id: id, bpm }),
    setTempoSegments: (id, segments) => must({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: id, segments }),
    setLoop: (id, range) => must({ cmd: 'TIMELINE_SET_LOOP', timeline_id: id, loop: range }),
    async getTimelineState(id) {
      if (state.objects[id]?.kind !== 'TimelineAtome') throw new AtomeError('ERR_NOT_FOUND', `timeline ${id}`);
      return parts.position(id);
    },
    async renderTimeline(id, options) {
      assertObject('options', options);
      return parts.render(id, options);
    },
    getState: parts.status,
    getLastError: async () => parts.lastError(),
    panic: () => must({ cmd: 'PANIC', scope: 'ALL' }),
    recordOutput: parts.recordOutput,
  };
}
