// The sound of another tab, as this one shows it: its meters and positions about 30 times a second while they are looked at.
import { tempoMapOf } from '../core/tempo.ts';
import type { EngineStatus, TimelinePosition } from '../engine/audio-engine.ts';
import type { FeatureSource, SoundOutput } from '../engine/sound-output.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { Features } from '../protocol/messages.ts';
import type { SessionLine } from './session-client.ts';

const unknownStatus: EngineStatus = {
  backend: 'wasm',
  contextState: 'none',
  sampleRate: 48_000,
  baseLatency: 0,
  outputLatency: 0,
  masterFrame: 0,
  load: 0,
  underruns: 0,
  starvedFrames: 0,
  pagesResident: 0,
  pagesTotal: 0,
  activeVoices: 0,
  memoryBytes: 0,
};

/** The least time between two requests for features. */
const frameMilliseconds = 1000 / 30;
/** A playhead goes on by itself for so long; the owner says where it is once a second at least. */
const longestMilliseconds = 1500;
const silence = new Float32Array(4);

export class RemoteSound implements SoundOutput {
  readonly features: FeatureSource;
  readonly #line: SessionLine;
  #status = unknownStatus;
  #meters: Float32Array = silence;
  #positions = new Map<string, number>();
  /** Milliseconds of performance.now(). */
  #heardAt = 0;
  #askedAt = 0;

  constructor(line: SessionLine) {
    this.#line = line;
    this.features = {
      position: (id) => {
        this.#ask();
        return this.#position(id);
      },
      master: () => {
        this.#ask();
        const [left = 0, right = 0, leftRms = 0, rightRms = 0] = this.#meters;
        return { peak: [left, right], rms: [leftRms, rightRms] };
      },
      clip: () => undefined,
    };
    line.onMessage((message) => {
      if (message.type === 'FEATURES' || message.type === 'STATUS') this.#take(message);
      if (message.type === 'STATUS') this.#status = message.status as EngineStatus;
    });
  }

  get backend(): EngineStatus['backend'] {
    return this.#status.backend;
  }

  /** @throws AtomeError ERR_SOUND_ELSEWHERE when the tab that sounds must be clicked first. */
  async start(): Promise<void> {
    if (!(await this.#line.ask('startSound'))) throw new AtomeError('ERR_SOUND_ELSEWHERE');
  }

  shutdown(): Promise<void> {
    return this.#line.ask('stopSound');
  }

  status(): EngineStatus {
    return this.#status;
  }

  #take({ meters, positions }: Features): void {
    this.#meters = meters;
    this.#positions = new Map(positions);
    this.#heardAt = performance.now();
  }

  /** Whoever looks at features asks for the next ones; one request at a time is under way. */
  #ask(): void {
    const now = performance.now();
    const waiting = this.#askedAt > this.#heardAt && now - this.#askedAt < longestMilliseconds;
    if (waiting || now - this.#askedAt < frameMilliseconds) return;
    this.#askedAt = now;
    this.#line.wantFeatures();
  }

  #position(timelineId: string): TimelinePosition {
    const { timelines, objects } = this.#line.state;
    const { playing = false, position = 0 } = timelines[timelineId] ?? {};
    const heard = playing ? this.#positions.get(timelineId) : undefined;
    if (heard !== undefined) {
      const elapsed = Math.min(longestMilliseconds, performance.now() - this.#heardAt);
      return this.#positionOf(true, heard + elapsed / 1000);
    }
    const timeline = objects[timelineId];
    const seconds = timeline?.kind === 'TimelineAtome' ? tempoMapOf(timeline).toSeconds(position) : 0;
    return this.#positionOf(playing, seconds);
  }

  #positionOf(playing: boolean, seconds: number): TimelinePosition {
    return { playing, seconds, frame: Math.round(seconds * this.#status.sampleRate) };
  }
}
