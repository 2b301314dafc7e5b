// The stretcher against the two from npm: how it sounds, by measures of sounds whose ideal is known, and what it costs.
import { type BenchContext, type BenchResult, median } from '../scripts/bench-context.ts';
import { percentile } from './support/percentile.ts';
import { atomeSubject } from './support/stretch-atome.ts';
import { qualities } from './support/stretch-qualities.ts';
import { rubberbandSubject } from './support/stretch-rubberband.ts';
import { signalsmithSubject } from './support/stretch-signalsmith.ts';
import { asWritten, drums, pinkNoise, voice } from './support/stretch-sounds.ts';
import { type LiveSubject, rate, type StretchSetting, type StretchSubject } from './support/stretch-subject.ts';

/** Below this, losses and errors in dB are none: no ratio should come of them. */
const least = 0.01;

export async function run({ emit, measure }: BenchContext): Promise<void> {
  const [atome, signalsmith, rubberband] = [
    await atomeSubject(),
    await signalsmithSubject(),
    await rubberbandSubject(),
  ];
  emit(unchanged(atome));
  for (const quality of qualities) {
    const input = quality.score(asWritten).channels;
    for (const [{ name, settings }, must] of quality.musts) {
      const ideals = settings.map((setting) => [setting, quality.score(setting)] as const);
      const measured = (subject: StretchSubject): number =>
        median(
          ideals.map(([setting, ideal]) =>
            Math.max(least, quality.measure(subject.stretch(input, setting), ideal, setting)),
          ),
        );
      emit({
        case: `${quality.what}, ${name}`,
        value: measured(atome),
        unit: 'dB',
        peer: signalsmith.name,
        peerValue: measured(signalsmith),
        better: quality.better,
        goal: { of: quality.better === 'higher' ? 'rate' : 'value', must },
      });
    }
  }
  emit(await latency());
  emit(await memory());

  const sound = [drums, voice].map((score) => score(asWritten).channels[0] ?? new Float32Array());
  const music = [0.3, 0.8].map((share) =>
    Float32Array.from(sound[0] ?? [], (sample, frame) => share * sample + (1 - share) * (sound[1]?.[frame] ?? 0)),
  );
  for (const [setting, name] of speeds) {
    const speedOf = (subject: StretchSubject) => (): number => {
      const from = process.cpuUsage();
      const made = subject.stretch(music, setting)[0]?.length ?? 0;
      const { user, system } = process.cpuUsage(from);
      return made / rate / ((user + system) / 1e6);
    };
    const speed = await measure({
      atome: speedOf(atome),
      signalsmith: speedOf(signalsmith),
      rubberband: speedOf(rubberband),
    });
    const row = { value: speed.atome, unit: 'x real time', better: 'higher' } as const;
    emit({
      ...row,
      case: `stereo, ${name}`,
      peer: signalsmith.name,
      peerValue: speed.signalsmith,
      ...(setting.ratio === 1.5 ? { goal: { of: 'ratio', must: 2.7, aim: 3 } } : {}),
    });
    emit({ ...row, case: `stereo, ${name}`, peer: rubberband.name, peerValue: speed.rubberband });
  }

  const slowest = (subject: LiveSubject) => (): number =>
    percentile(subject.stream(music, 3, quantum).micros.slice(warmBlocks), 99);
  const blocks = await measure({ atome: slowest(atome), signalsmith: slowest(signalsmith) });
  emit({
    case: `a block of ${quantum} frames at +3 st, p99`,
    value: blocks.atome,
    unit: 'us',
    peer: signalsmith.name,
    peerValue: blocks.signalsmith,
    better: 'lower',
    goal: { of: 'ratio', must: 6.6 },
  });
}

const quantum = 128;
const warmBlocks = 100;
const speeds: readonly (readonly [StretchSetting, string])[] = [
  [{ ratio: 0.75, semitones: 0 }, 'ratio 0.75'],
  [{ ratio: 1, semitones: 0 }, 'ratio 1'],
  [{ ratio: 1.5, semitones: 0 }, 'ratio 1.5'],
  [{ ratio: 2, semitones: 0 }, 'ratio 2'],
  [{ ratio: 1, semitones: 3 }, '+3 st'],
];

function unchanged(subject: StretchSubject): BenchResult {
  const input = pinkNoise(asWritten).channels;
  const made = subject.stretch(input, asWritten);
  const different = input.flatMap((samples, channel) =>
    Array.from(samples).filter((sample, frame) => sample !== made[channel]?.[frame]),
  );
  return {
    case: 'samples that differ at ratio 1 and 0 st',
    value: different.length,
    unit: 'samples',
    goal: { of: 'value', must: 0 },
  };
}

/** How much later than it went in a click comes out, in blocks as the browser asks for them. */
async function latency(): Promise<BenchResult> {
  const at = 40_000;
  const click = new Float32Array(96_000);
  click[at] = 1;
  const lateOf = (subject: LiveSubject): number => {
    const { output } = subject.stream([click, click], 0, quantum);
    const block = output.findIndex((samples) => samples.some((sample) => Math.abs(sample) > 0.5));
    return (1000 * ((block + 1) * quantum - at)) / rate;
  };
  return {
    case: 'live: from a click to its sound, blocks of 128 frames',
    value: lateOf(await atomeSubject()),
    unit: 'ms',
    peer: 'Signalsmith Stretch',
    peerValue: lateOf(await signalsmithSubject()),
    better: 'lower',
    goal: { of: 'value', must: 60 },
  };
}

/** A fresh module that has played two seconds. */
async function memory(): Promise<BenchResult> {
  const sound = pinkNoise({ ratio: 1 / 3, semitones: 0 }).channels;
  const bytesOf = (subject: LiveSubject): number => {
    subject.stream(sound, 3, quantum);
    return subject.bytes() / 2 ** 20;
  };
  return {
    case: 'memory of a live stereo voice, its code’s included',
    value: bytesOf(await atomeSubject()),
    unit: 'MiB',
    peer: 'Signalsmith Stretch',
    peerValue: bytesOf(await signalsmithSubject()),
    better: 'lower',
    goal: { of: 'value', must: 1 },
  };
}
