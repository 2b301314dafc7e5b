// A session that drives a live engine in the same thread, wired as the session worker wires them.
import { openTestSession } from '../../session/testing/fixtures.ts';
import type { TransportPort } from '../../session/types.ts';
import type { EngineDelta } from '../audio-engine.ts';
import { ClickDeltas } from '../click-deltas.ts';
import { EngineDeltas } from '../deltas.ts';
import { movedBy } from '../reachable.ts';
import { LiveEngine } from './live-engine.ts';
import { type SoundFile, sourcesOf } from './sessions.ts';

export const engineRate = 48_000;

/** @param files the sounds that the session's clips may play; their hashes are the content hashes of the session's files. */
export async function openSessionOnEngine(module: WebAssembly.Module, ...files: readonly SoundFile[]) {
  const engine = new LiveEngine(module, engineRate, sourcesOf({ files }));
  const { control } = engine;
  const paged = async (done: Promise<void>): Promise<void> => {
    engine.page();
    await done;
  };
  /** What the engine had no room for. */
  const refused: unknown[] = [];
  const apply = (deltas: readonly EngineDelta[]): Promise<void> =>
    control.apply(deltas).catch((thrown: unknown) => void refused.push(thrown));
  let clicks: ClickDeltas | undefined;
  let arrangement: EngineDeltas | undefined;
  const reaching = (id: string, seconds: number): Promise<void> =>
    apply([...(arrangement?.reachFrom(id, seconds) ?? []), ...(clicks?.reachFrom(id, seconds) ?? [])]);
  const transport: TransportPort = {
    play: (id, seconds) => reaching(id, seconds).then(() => paged(control.play(id, seconds))),
    stop: (id) => control.stop(id),
    seek: (id, seconds) => reaching(id, seconds).then(() => paged(control.seek(id, seconds))),
    scrub: async (id, seconds) => {
      if (seconds !== null) await reaching(id, seconds);
      await paged(control.scrub(id, seconds));
    },
    retime(id) {
      const { seconds, land } = control.retime(id);
      return { seconds, land: (to) => reaching(id, to).then(() => paged(land(to))) };
    },
    position: (id) => control.position(id).seconds,
    isPlaying: (id) => control.position(id).playing,
    masterFrame: () => control.counters.read('masterFrame'),
    setSegment: (id, segment) => apply(arrangement?.setSegment(id, segment) ?? []),
    setMasterGain: (gain) => apply([{ type: 'masterGain', gain }]),
    setMetronome: (setting) => apply(clicks?.set(setting) ?? []),
    panic: () => control.panic(),
  };
  const opened = await openTestSession({ transport });
  const { session } = opened;
  const reader = session.objects;
  const known = new ClickDeltas(reader, (id) => control.position(id).seconds);
  clicks = known;
  const deltas = new EngineDeltas(reader);
  arrangement = deltas;
  session.onTransaction((transaction) => {
    void apply([...deltas.follow(transaction), ...known.follow(transaction)]);
  });
  control.onTrigger((fired) => {
    const action = deltas.trigger(fired.timelineId, fired.id)?.action;
    session.triggered({ ...fired, moved: action && movedBy(action, fired.timelineId) });
  });
  await apply(deltas.everything());
  return { ...opened, engine, refused, extendClicks: () => apply(known.extend()) };
}
