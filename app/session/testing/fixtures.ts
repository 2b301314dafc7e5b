// A session over a memory store with a file to play, a transport that only remembers, and ids that count up.
import type { CommandReply } from '../../protocol/state.ts';
import type { ObjectStore } from '../../storage/types.ts';
import { Session, type SessionDependencies } from '../session.ts';
import type { Retiming, TimelineSegment, TransportPort } from '../types.ts';
import { MemoryStore } from './memory-store.ts';

/** The n-th id of a family, a valid UUID. */
export const testId = (n: number, family = 0): string =>
  `${family.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** Keeps positions and what it was asked for; time stands still until a test moves it. */
export class MemoryTransport implements TransportPort {
  readonly calls: [name: string, timelineId: string, seconds?: number][] = [];
  readonly positions = new Map<string, number>();
  readonly playing = new Set<string>();
  readonly segments = new Map<string, TimelineSegment>();
  masterGain = 1;
  metronome = { enabled: false, gain: 0 };

  async play(timelineId: string, seconds: number): Promise<void> {
    this.calls.push(['play', timelineId, seconds]);
    this.playing.add(timelineId);
    this.positions.set(timelineId, seconds);
  }
  async stop(timelineId: string): Promise<void> {
    this.calls.push(['stop', timelineId]);
    this.playing.delete(timelineId);
  }
  retime(timelineId: string): Retiming {
    return { seconds: this.position(timelineId), land: (seconds) => this.seek(timelineId, seconds) };
  }
  async seek(timelineId: string, seconds: number): Promise<void> {
    this.calls.push(['seek', timelineId, seconds]);
    this.positions.set(timelineId, seconds);
  }
  async scrub(timelineId: string, seconds: number | null): Promise<void> {
    this.calls.push(seconds === null ? ['scrub', timelineId] : ['scrub', timelineId, seconds]);
    if (seconds !== null) this.positions.set(timelineId, seconds);
  }
  position(timelineId: string): number {
    return this.positions.get(timelineId) ?? 0;
  }
  isPlaying(timelineId: string): boolean {
    return this.playing.has(timelineId);
  }
  masterFrame(): number {
    return 0;
  }
  async setSegment(timelineId: string, segment: TimelineSegment | undefined): Promise<void> {
    if (segment) this.segments.set(timelineId, segment);
    else this.segments.delete(timelineId);
  }
  async setMasterGain(gain: number): Promise<void> {
    this.masterGain = gain;
  }
  async setMetronome(metronome: { enabled: boolean; gain: number }): Promise<void> {
    this.metronome = metronome;
  }
  async panic(): Promise<void> {
    this.calls.push(['panic', '']);
    this.playing.clear();
  }
}

export interface TestSession {
  readonly session: Session;
  readonly store: ObjectStore;
  readonly transport: MemoryTransport;
  readonly timelineId: string;
}

let families = 1;

/** Opens a session; each has ids of its own. */
export async function openTestSession(options: Partial<SessionDependencies> = {}): Promise<TestSession> {
  const store = options.store ?? new MemoryStore();
  const transport = new MemoryTransport();
  const family = families++;
  let ids = 0;
  let time = 1_000_000;
  const session = await Session.open({
    transport,
    device: 'device',
    author: testId(1),
    now: () => time++,
    createId: () => testId(++ids, family),
    ...options,
    store,
  });
  return { session, store, transport, timelineId: session.getState().activeTimelineId ?? '' };
}

/** The ids a command made; fails the test when it was refused. */
export function createdBy(reply: CommandReply): readonly string[] {
  if (!reply.ok) throw new Error(reply.error.msg);
  return reply.created ?? [];
}

/** Adds a file of so many frames, told apart by `n`. */
export async function addTestFile(session: Session, frames = 480_000, sampleRate = 48_000, n = 0): Promise<string> {
  const [id = ''] = createdBy(
    await session.dispatch({
      cmd: 'ADD_FILE',
      file: {
        name: `File ${n}`,
        content_hash: n.toString(16).padStart(64, '0'),
        sample_rate: sampleRate,
        bit_depth: 32,
        channels: 2,
        frames,
        duration: frames / sampleRate,
        container: 'wav',
        source: 'import',
      },
    }),
  );
  return id;
}

/** A session with one file of 10 seconds and one clip of all of it at beat 4. */
export async function sessionWithClip() {
  const opened = await openTestSession();
  const { session, timelineId } = opened;
  const fileId = await addTestFile(session);
  const [clipId = ''] = createdBy(
    await session.dispatch({ cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId, play_position: 4 }),
  );
  return { ...opened, fileId, clipId };
}
