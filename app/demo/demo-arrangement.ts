// The demo session as one command: its lanes, and the clips that make an intro, a build, the full band and an ending.
import type { BatchCommand, EditCommand } from '../protocol/commands.ts';
import type { Timebase } from '../protocol/kinds.ts';
import type { DemoSoundName } from './demo-sounds.ts';
import { beatsPerBar, tempo } from './score.ts';

const secondsPerBar = (beatsPerBar * 60) / tempo;

/** Bars of the whole session. */
export const demoBars = 10;

/** A stretch of one sound; all lengths in bars. */
interface Placement {
  readonly bar: number;
  readonly bars: number;
  /** Where in the sound it begins. */
  readonly from?: number;
  readonly gain?: number;
  readonly fadeIn?: number;
  readonly fadeOut?: number;
}

interface Lane {
  readonly name: string;
  readonly sound: DemoSoundName;
  readonly color: number;
  readonly gainDb: number;
  readonly placements: readonly Placement[];
}

const lanes: readonly Lane[] = [
  { name: 'Kick', sound: 'Kick', color: 0, gainDb: -8, placements: twoBarLoops(4) },
  { name: 'Snare', sound: 'Snare', color: 1, gainDb: -8.5, placements: twoBarLoops(4) },
  {
    name: 'Hats',
    sound: 'Hats',
    color: 2,
    gainDb: -13,
    placements: [{ bar: 2, bars: 2, gain: 0.8, fadeIn: 1 }, ...twoBarLoops(4)],
  },
  {
    name: 'Bass',
    sound: 'Bass',
    color: 4,
    gainDb: -11.5,
    placements: [
      { bar: 2, bars: 2, from: 2, gain: 0.75, fadeIn: 0.25 },
      { bar: 4, bars: 4, fadeOut: 0.01 },
    ],
  },
  {
    name: 'Chords',
    sound: 'Chords',
    color: 6,
    gainDb: -10.5,
    placements: [
      { bar: 2, bars: 2, from: 2, gain: 0.8, fadeIn: 0.5 },
      { bar: 4, bars: 4, fadeOut: 0.02 },
    ],
  },
  {
    name: 'Pad',
    sound: 'Pad',
    color: 7,
    gainDb: -11.5,
    placements: [
      { bar: 0, bars: 4, fadeIn: 1 },
      { bar: 4, bars: 4, gain: 0.9, fadeOut: 0.02 },
    ],
  },
  {
    name: 'Pluck',
    sound: 'Pluck',
    color: 9,
    gainDb: -10.5,
    placements: [
      { bar: 0, bars: 4, gain: 0.85, fadeIn: 0.25 },
      { bar: 4, bars: 4, fadeOut: 0.02 },
    ],
  },
  {
    name: 'Effects',
    sound: 'Rise',
    color: 10,
    gainDb: -13.5,
    placements: [{ bar: 3, bars: 3, fadeOut: 0.5 }],
  },
  { name: 'Ending', sound: 'Ending', color: 11, gainDb: -5.5, placements: [{ bar: 8, bars: 2, fadeOut: 0.25 }] },
];

function twoBarLoops(firstBar: number): readonly Placement[] {
  return [0, 2].map((bar) => ({ bar: firstBar + bar, bars: 2 }));
}

/**
 * Everything that builds the session on an empty timeline, as one step of the history.
 * @param fileIds the AudioFileAtome of each sound. @param createId makes the ids of the lanes.
 */
export function demoArrangement(
  timeline: { readonly id: string; readonly timebase: Timebase },
  fileIds: Readonly<Record<DemoSoundName, string>>,
  createId: () => string,
): BatchCommand {
  const perBar = timeline.timebase === 'beats' ? beatsPerBar : secondsPerBar;
  const commands: EditCommand[] = [{ cmd: 'SET_TEMPO', timeline_id: timeline.id, bpm: tempo }];
  for (const [order, { name, sound, color, gainDb, placements }] of lanes.entries()) {
    const laneId = createId();
    commands.push({ cmd: 'CREATE_GROUP', id: laneId, timeline_id: timeline.id, name, color, order });
    commands.push({ cmd: 'SET_OBJECT', id: laneId, properties: { gain: 10 ** (gainDb / 20) } });
    for (const { bar, bars, from = 0, gain = 1, fadeIn = 0, fadeOut = 0 } of placements) {
      commands.push({
        cmd: 'ADD_CLIP',
        timeline_id: timeline.id,
        audio_file_id: fileIds[sound],
        group_id: laneId,
        name,
        color,
        play_position: bar * perBar,
        start_offset: from * secondsPerBar,
        end_offset: (from + bars) * secondsPerBar,
        gain,
        fade_in: fadeIn * secondsPerBar,
        fade_out: fadeOut * secondsPerBar,
      });
    }
  }
  return { cmd: 'BATCH', label: 'Build the demo session', commands };
}
