// Project files: taken to another machine with all they hold, and refused in words when they are not what they say.
import { crc32 } from '../app/core/crc32.ts';
import { dropFiles, type FileOfTest } from './support/files.ts';
import { expect, test } from './support/fixtures.ts';
import { differences } from './support/sound.ts';
import { storedOn } from './support/stored.ts';
import { Studio } from './support/studio.ts';
import { expectError } from './support/toasts.ts';
import { noise } from './support/wav.ts';

const middle = { x: 700, y: 450 };

/** The checksum of the objects is that of what they are now, as of a file that was written by another program. */
function resealed({ name, bytes }: FileOfTest): FileOfTest {
  const copy = Buffer.from(bytes);
  // The last mention is in the list at the end of the archive, behind 46 bytes about the file.
  const about = copy.lastIndexOf('project.json') - 46;
  const local = copy.readUInt32LE(about + 42);
  const start = local + 30 + copy.readUInt16LE(local + 26) + copy.readUInt16LE(local + 28);
  const content = copy.subarray(start, start + copy.readUInt32LE(about + 24));
  copy.writeUInt32LE(crc32(content), about + 16);
  return { name, bytes: new Uint8Array(copy) };
}

/** Two sounds, an edit taken back, a nested timeline, a marker and a follow action. */
async function song(studio: Studio): Promise<{ readonly timeline: string; readonly clip: string }> {
  const one = await studio.importFile(noise('one.wav', 24_000, 1));
  const other = await studio.importFile(noise('other.wav', 22_050, 2, { sampleRate: 44_100 }));
  const timeline = await studio.timelineId();
  const [clip = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: timeline,
    audio_file_id: one.id,
    play_position: 1,
  });
  const [inner = ''] = await studio.run({ cmd: 'CREATE_TIMELINE', name: 'Inner', type: 'audio', timebase: 'seconds' });
  await studio.run({ cmd: 'ADD_CLIP', timeline_id: inner, audio_file_id: other.id, play_position: 0.25 });
  await studio.run({
    cmd: 'ADD_NESTED_TIMELINE',
    timeline_id: timeline,
    nested_timeline_id: inner,
    play_position: 3,
  });
  await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 2, name: 'Verse' });
  await studio.run({ cmd: 'SET_CLIP', clip_id: clip, gain: 0.5 });
  await studio.run({ cmd: 'UNDO' });
  await studio.run({ cmd: 'SET_CLIP', clip_id: clip, gain: 0.25 });
  const { activeProjectId } = await studio.state();
  await studio.run({ cmd: 'SET_OBJECT', id: activeProjectId ?? '', properties: { name: 'My song' } });
  return { timeline, clip };
}

async function projectFile(studio: Studio): Promise<FileOfTest> {
  const { name, content } = await studio.atome.evaluate(async (atome) => {
    const file = await atome.exportProject();
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return { name: file.name, content: btoa(text) };
  });
  expect(name).toBe('My song.atome');
  return { name, bytes: new Uint8Array(Buffer.from(content, 'base64')) };
}

test('a project opened in another profile sounds the same, remembers all and is one step of undo', async ({
  page,
  openProfile,
}) => {
  const from = await Studio.open(page);
  const { timeline, clip } = await song(from);
  const range = { from: 0, to: 3 };
  const frames = 3 * 48_000;
  const [file, sound] = [await projectFile(from), await from.render(timeline, range)];

  const elsewhere = await (await openProfile()).newPage();
  const studio = await Studio.open(elsewhere);
  const before = await studio.state();
  await dropFiles(elsewhere, [file], middle);
  await expect(elsewhere.getByText('“My song.atome” is open')).toBeVisible();
  await expect(elsewhere.getByLabel('Project name')).toHaveValue('My song');
  expect(await studio.timelineId()).toBe(timeline);
  expect(differences(await studio.render(timeline, range), 0, sound, 0, frames)).toBe(0);
  const gains = await studio.atome.evaluate((atome, id) => atome.session.history(id, 'gain'), clip);
  expect(gains.map(({ value }) => value)).toEqual([1, 0.5, 1, 0.25]);

  await elsewhere.keyboard.press('Control+KeyZ');
  await expect(elsewhere.getByLabel('Project name')).toHaveValue('My project');
  expect((await studio.state()).objects).toEqual(before.objects);
  await elsewhere.keyboard.press('Control+Shift+KeyZ');
  await expect(elsewhere.getByLabel('Project name')).toHaveValue('My song');
  const reloaded = await studio.reload();
  expect(differences(await reloaded.render(timeline, range), 0, sound, 0, frames)).toBe(0);
});

test('a project that has become a .zip on its way is opened all the same', async ({ page, openProfile }) => {
  const from = await Studio.open(page);
  const { timeline } = await song(from);
  const { bytes } = await projectFile(from);
  const elsewhere = await (await openProfile()).newPage();
  const studio = await Studio.open(elsewhere);
  await dropFiles(elsewhere, [{ name: 'My song.atome.zip', bytes }], middle);
  await expect(elsewhere.getByText('“My song.atome.zip” is open')).toBeVisible();
  expect(await studio.timelineId()).toBe(timeline);
  await dropFiles(elsewhere, [{ name: 'Holiday.zip', bytes: new Uint8Array(1000) }], middle);
  await expectError(elsewhere, 'ERR_PROJECT_FILE', 'no archive');
});

test('what is not what it says is refused by name, and nothing has changed', async ({ page, openProfile }) => {
  const from = await Studio.open(page);
  await song(from);
  const { bytes } = await projectFile(from);
  const text = Buffer.from(bytes).toString('latin1');
  /** The file with other bytes of the same length in one place. */
  const changed = (place: number, letters: string): FileOfTest => {
    const copy = bytes.slice();
    copy.set(Buffer.from(letters, 'latin1'), place);
    return { name: 'bad.atome', bytes: copy };
  };
  const hash = /blobs\/([0-9a-f]{64})\.wav/.exec(text)?.[1] ?? '';
  const firstSound = text.indexOf('RIFF');

  const elsewhere = await (await openProfile()).newPage();
  const studio = await Studio.open(elsewhere);
  const [before, stored] = [await studio.state(), await storedOn(elsewhere)];
  const cases: [file: FileOfTest, about: string][] = [
    [changed(firstSound + 2000, 'xxxx'), 'is not what it says'],
    [changed(text.lastIndexOf(`blobs/${hash}`), '../../'), '../../'],
    [changed(text.indexOf('"AudioClipAtome"'), '"AudioClipXtome"'), 'project.json was changed or damaged'],
    [resealed(changed(text.indexOf('"AudioClipAtome"'), '"AudioClipXtome"')), 'AudioClipXtome'],
    [{ name: 'bad.atome', bytes: bytes.slice(0, bytes.length - 100) }, 'no archive'],
  ];
  for (const [file, about] of cases) {
    await dropFiles(elsewhere, [file], middle);
    await expectError(elsewhere, 'ERR_PROJECT_FILE', about);
    expect((await studio.state()).objects).toEqual(before.objects);
    expect((await storedOn(elsewhere)).sounds).toEqual(stored.sounds);
  }
});
