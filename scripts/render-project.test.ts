// The shell command on a project file that the program wrote, to the samples in the WAV.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { firstDifference, noise } from '../app/engine/testing/sounds.ts';
import { wavHeader } from '../app/media/wav-header.ts';
import type { AtomeObject } from '../app/protocol/kinds.ts';
import { writeProjectFile } from '../app/storage/project-file.ts';

const script = fileURLToPath(new URL('render.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'render-'));
const project = join(folder, 'song.zip');
const frames = 30_000;
const samples = noise(frames, 11);
const id = (last: number): string => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;

function objectsOf(hash: string): AtomeObject[] {
  const common = { project_id: id(1), name: 'x', color: 0 };
  const file = { user_id: id(9), name: 'x', content_hash: hash, sample_rate: 48_000 } as const;
  const shape = { bit_depth: 32, channels: 1, frames, duration: frames / 48_000, container: 'wav' } as const;
  const origin = { source: 'import', local_path: '', created_at: 0, updated_at: 0 } as const;
  const tempo = [{ start_position: 0, bpm: 120, time_signature: '4/4' }];
  const mix = { gain: 1, pan: 0, muted: false, solo: false, fade_in: 0, fade_out: 0 };
  const stretch = { stretch_ratio: 1, pitch_shift: 0, stretch_algo: 'none' } as const;
  const place = { record_position: null, play_position: 0.25, start_offset: 0, end_offset: frames / 48_000 };
  return [
    { id: id(1), kind: 'ProjectAtome', name: 'song', created_at: 0, active_timeline_id: id(2) },
    {
      ...{ id: id(2), kind: 'TimelineAtome', project_id: id(1), name: 'main', type: 'audio', timebase: 'seconds' },
      ...{ tempo_segments: tempo, loop: null, loop_enabled: false },
    } as AtomeObject,
    { id: id(3), kind: 'AudioFileAtome', project_ids: [id(1)], ...file, ...shape, ...origin },
    {
      ...{ id: id(4), kind: 'AudioClipAtome', timeline_id: id(2), audio_file_id: id(3), group_id: null },
      ...{ ...common, ...mix, ...stretch, ...place },
    } as AtomeObject,
  ];
}

beforeAll(async () => {
  const header = wavHeader({ format: 'F32', channels: 1, sampleRate: 48_000, frames });
  const wav = Buffer.concat([header, Buffer.from(samples.buffer)]);
  const hash = createHash('sha256').update(wav).digest('hex');
  const stream = writeProjectFile({
    objects: objectsOf(hash),
    history: new Blob(),
    blobs: [{ hash, content: new Blob([wav]) }],
  });
  writeFileSync(project, Buffer.from(await new Response(stream).arrayBuffer()));
});

/** Left channel of a stereo float WAV. */
function leftOf(path: string): Float32Array {
  const bytes = readFileSync(path);
  const data = bytes.subarray(bytes.indexOf('data') + 8);
  return Float32Array.from({ length: data.length / 8 }, (_, frame) => data.readFloatLE(frame * 8));
}

/** The command builds the engine first when its sources have changed. */
const patience = { timeout: 180_000 };

describe('npm run render', patience, () => {
  it('writes the samples of the project, bit for bit, to its last clip’s end', () => {
    const out = join(folder, 'mix.wav');
    execFileSync(process.execPath, [script, project, out]);
    const left = leftOf(out);
    expect(left.length).toBe(12_000 + frames);
    expect(firstDifference(left.slice(12_000), samples)).toBe(-1);
  });

  it('renders a range, at another rate, with stems', () => {
    const out = join(folder, 'part.wav');
    const stems = join(folder, 'stems');
    const range = ['--from', '0.25', '--to', '0.5', '--rate', '96000', '--stems', stems];
    execFileSync(process.execPath, [script, project, out, ...range]);
    expect(leftOf(out).length).toBe(24_000);
    expect(firstDifference(leftOf(join(stems, 'ungrouped.wav')), leftOf(out))).toBe(-1);
  });

  it('refuses a sound whose bytes have changed, and leaves no file', () => {
    const bytes = Buffer.from(readFileSync(project));
    const at = bytes.indexOf(Buffer.from(samples.buffer, 0, 64));
    bytes.writeUInt8(bytes.readUInt8(at + 40) ^ 1, at + 40);
    const changed = join(folder, 'changed.zip');
    const out = join(folder, 'changed.wav');
    writeFileSync(changed, bytes);
    const { status, stderr } = spawnSync(process.execPath, [script, changed, out], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('has changed');
    expect(existsSync(out)).toBe(false);
  });

  it('says what is wrong and fails', () => {
    const ended = spawnSync(process.execPath, [script, project], { encoding: 'utf8' });
    expect(ended.stderr).toContain('npm run -s render -- PROJECT OUT.wav');
    expect(ended.status).toBe(1);
  });

  it.each([
    [['--from', '2', '--to', '2'], '--to 2: not after 2 s'],
    [['--rate', '1000000'], '--rate 1000000: not a number from 8000 to 192000'],
  ])('says what is wrong with %j', (parameters, sentence) => {
    const out = join(folder, 'refused.wav');
    const { status, stderr } = spawnSync(process.execPath, [script, project, out, ...parameters], { encoding: 'utf8' });
    expect(stderr).toMatch(new RegExp(`^${sentence}`));
    expect(status).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  it('writes over a file only once it has something to put there, and never over the project', () => {
    const out = join(folder, 'precious.wav');
    writeFileSync(out, 'precious');
    const changed = Buffer.from(readFileSync(project));
    const at = changed.indexOf('"gain":1') + 7;
    changed.writeUInt8(changed.readUInt8(at) ^ 3, at);
    const damaged = join(folder, 'damaged.zip');
    writeFileSync(damaged, changed);
    const refused = [
      [damaged, out],
      [join(folder, 'missing.zip'), out],
      [project, project],
      [project, join(folder, 'missing', 'out.wav')],
    ].map(([from = '', to = '']) => spawnSync(process.execPath, [script, from, to], { encoding: 'utf8' }));
    expect(refused.map(({ status }) => status)).toEqual([1, 1, 1, 1]);
    expect(refused.map(({ stderr }) => stderr.trim())).toEqual([
      expect.stringContaining('project.json was changed or damaged'),
      `There is no such file or folder: ${join(folder, 'missing.zip')}`,
      `That would write over the project: ${project}`,
      expect.stringMatching(/^There is no such file or folder: /),
    ]);
    expect(readFileSync(out, 'utf8')).toBe('precious');
    expect(readFileSync(project).subarray(0, 2).toString()).toBe('PK');
  });
});
