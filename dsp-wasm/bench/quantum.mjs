// Time of the engine's process call by number of clips, live and offline, at the context's rate and resampled.
// Run: node dsp-wasm/bench/quantum.mjs
import { check, createEngine, noise } from './bare-engine.mjs';

const contextRate = 48000;
const seconds = 10;
const rounds = 5;

function measure({ clips, files, rate, flags }) {
  const engine = createEngine({ sampleRate: contextRate, blocks: files * 2 * 32 + 64, flags });
  const frames = rate * (seconds + 1);
  for (let file = 0; file < files; file++) engine.addFile(file, rate, noise(frames, file + 1));
  for (let clip = 0; clip < clips; clip++) {
    engine.addClip({ clip, file: clip % files, frames, gain: 0.5 / clips, pan: (clip % 21) / 10 - 1 });
  }
  check(engine.exports.atome_audio_commit(0, 0));
  const quanta = Math.floor((seconds * contextRate) / 128);
  const times = [];
  const totals = [];
  for (let round = 0; round < rounds; round++) {
    check(engine.exports.atome_audio_play(0, 0, 0));
    engine.exports.atome_audio_process();
    const begin = performance.now();
    for (let quantum = 1; quantum < quanta; quantum++) {
      const before = performance.now();
      engine.exports.atome_audio_process();
      times.push(performance.now() - before);
    }
    totals.push((performance.now() - begin) / (quanta - 1));
    check(engine.exports.atome_audio_stop(0, 0));
    engine.exports.atome_audio_process();
  }
  if (engine.counter(16) !== 0) throw new Error(`${engine.counter(16)} frames starved`);
  totals.sort((a, b) => a - b);
  times.sort((a, b) => a - b);
  const microseconds = (value) => Number((value * 1000).toFixed(2));
  const median = totals[rounds >> 1];
  return {
    clips,
    files,
    rate,
    mode: flags ? 'offline' : 'live',
    'us/quantum': microseconds(median),
    'ns/clip-frame': Number(((times[times.length >> 1] * 1e6) / clips / 128).toFixed(3)),
    p50: microseconds(times[times.length >> 1]),
    p99: microseconds(times[Math.floor(times.length * 0.99)]),
    'p99.9': microseconds(times[Math.floor(times.length * 0.999)]),
  };
}

const rows = [];
for (const flags of [1, 0]) {
  for (const rate of [48000, 44100]) {
    for (const [clips, files] of [
      [64, 8],
      [256, 1],
      [256, 16],
    ]) {
      rows.push(measure({ clips, files, rate, flags }));
    }
  }
}
console.table(rows);
