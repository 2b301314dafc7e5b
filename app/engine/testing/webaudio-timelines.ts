// Timelines of the fallback engine in a real audio graph, its clock stopped for each tick.
import { expect } from 'vitest';
import { wavHeader } from '../../media/wav-header.ts';
import { BungeeSourceNode } from '../../stretch/bungee-node.ts';
import { BungeeSound } from '../../stretch/bungee-sounds.ts';
import { bungeeFiles } from '../../stretch/testing/bungee.ts';
import type { EngineClip, EngineTrigger } from '../audio-engine.ts';
import { SoundBuffers } from '../webaudio-buffers.ts';
import { ClickOutput } from '../webaudio-clicks.ts';
import { StretchSounds } from '../webaudio-stretch.ts';
import { WebAudioTimeline } from '../webaudio-timeline.ts';
import { fileOf, type SoundFile } from './sessions.ts';

const tickSeconds = 0.05;
/** Playing begins so late. */
export const startSeconds = 0.04;
export const rate = 48_000;

export interface Part {
  readonly clips: readonly EngineClip[];
  readonly triggers?: readonly EngineTrigger[];
}

export interface Playing {
  readonly files: readonly SoundFile[];
  readonly seconds: number;
  /** Of the first timeline. */
  readonly from?: number;
  /** What is done to the first timeline, at multiples of a tick's 50 ms. */
  readonly acts?: readonly {
    readonly at: number;
    act(timeline: WebAudioTimeline, context: OfflineAudioContext): unknown;
  }[];
}

function wavOf({ channels, sampleRate }: SoundFile): Blob {
  const frames = channels[0]?.length ?? 0;
  const samples = new Float32Array(frames * channels.length);
  for (const [channel, side] of channels.entries())
    for (const [frame, sample] of side.entries()) samples[frame * channels.length + channel] = sample;
  return new Blob([wavHeader({ format: 'F32', channels: channels.length, sampleRate, frames }), samples]);
}

/** Plays the first timeline; triggers act on the others by their ids. */
export async function playTimelines(
  parts: Readonly<Record<string, Part>>,
  { files, seconds, from = 0, acts = [] }: Playing,
) {
  const context = new OfflineAudioContext(1, seconds * rate, rate);
  const buffers = new SoundBuffers(
    async (hash) => wavOf(fileOf({ files, clips: [] }, { hash } as EngineClip)),
    ({ msg }) => expect.unreachable(msg),
  );
  const clicks = new ClickOutput(context, context.destination, 0);
  const stretched = new StretchSounds(context, bungeeFiles, ({ msg }) => expect.unreachable(msg));
  const fired: (readonly [id: string, frame: number])[] = [];
  const timelines = new Map<string, WebAudioTimeline>();
  for (const [id, { clips, triggers = [] }] of Object.entries(parts)) {
    const timeline = new WebAudioTimeline({ context, master: context.destination, clicks, stretched }, buffers, {
      onAct: ({ trigger: { action }, at }) => {
        if (action.type === 'play') timelines.get(action.timelineId)?.startAt(action.seconds, at);
        if (action.type === 'stopOther') timelines.get(action.timelineId)?.stopAt(at);
      },
      onFired: ({ trigger, at }) => fired.push([trigger.id, Math.round(at * rate)]),
      onNear: (other, place) => timelines.get(other)?.prepare(place),
    });
    for (const clip of clips) timeline.putClip({ clip, sampleRate: rate });
    timeline.setTriggers(triggers);
    timelines.set(id, timeline);
  }
  // This context's clock runs ahead of any decoder.
  const sounds: BungeeSound[] = [];
  for (const { hash } of files) {
    const buffer = await buffers.load(context, hash);
    const isStretched = Object.values(parts).some(({ clips }) =>
      clips.some((clip) => clip.stretch && clip.hash === hash),
    );
    const sound = isStretched && buffer ? await stretched.load(hash, buffer) : undefined;
    if (sound) sounds.push(sound);
  }
  /** The audio thread has heard all that was said: it answers what was asked later. */
  const heard = async (): Promise<void> => {
    const [sound] = sounds;
    if (!sound) return;
    await new BungeeSourceNode(context, { sound }).settled();
    await BungeeSound.load(context, [new Float32Array(1)], rate);
  };
  const [first] = timelines.values();
  if (!first) throw new Error('a timeline');
  await first.play(from);
  await heard();
  for (let tick = 1; tick * tickSeconds < seconds; tick++) {
    void context.suspend(tick * tickSeconds).then(async () => {
      for (const { at, act } of acts) if (Math.round(at / tickSeconds) === tick) await act(first, context);
      for (const timeline of timelines.values()) timeline.tick();
      await heard();
      return context.resume();
    });
  }
  const output = (await context.startRendering()).getChannelData(0);
  return { output, fired, timelines };
}
