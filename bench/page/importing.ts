// A person's import, from the chosen file to its waveform on the screen; and the browser's own way to read a sound file.
import { rulerHeight } from '../../app/editor/layout.ts';
import { dispatchAll, scripting } from './session.ts';

/** CSS pixels: a column through the first clip, and the rows of it that show its sound alone. */
const column = 100;
const rows = { from: rulerHeight + 30, to: rulerHeight + 60 };

/** The element takes the file, so that it stays on the disk until somebody reads it. */
export function chooser(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.id = 'bench-file';
  document.body.append(input);
}

function chosenFile(): File {
  const file = document.querySelector<HTMLInputElement>('#bench-file')?.files?.[0];
  if (!file) throw new Error('no file is chosen');
  return file;
}

/** Milliseconds until the waveform is painted: imported, stored, added as a clip at zero, its peaks read and drawn. */
export async function importChosen(): Promise<number> {
  if (showsSound()) throw new Error('something is drawn where the clip will be');
  const begin = performance.now();
  const { id, frames } = await scripting().importFile(chosenFile());
  if (frames === 0) throw new Error('nothing was imported');
  const { activeTimelineId } = await scripting().session.getState();
  if (activeTimelineId === null) throw new Error('no timeline');
  await dispatchAll([{ cmd: 'ADD_CLIP', timeline_id: activeTimelineId, audio_file_id: id, play_position: 0 }]);
  while (!showsSound()) await new Promise(requestAnimationFrame);
  return performance.now() - begin;
}

/** Milliseconds of `decodeAudioData`, the file read whole as it wants it; at the file's rate, so nothing is resampled. */
export async function decodeChosen(sampleRate: number): Promise<number> {
  const begin = performance.now();
  const buffer = await new OfflineAudioContext(2, 1, sampleRate).decodeAudioData(await chosenFile().arrayBuffer());
  if (buffer.length === 0) throw new Error('nothing was decoded');
  return performance.now() - begin;
}

/** Whether the column has more than one colour: a clip without its waveform is plain, and an empty project has no canvas. */
function showsSound(): boolean {
  const canvas = document.querySelector<HTMLCanvasElement>('.timeline-canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return false;
  const scale = canvas.width / canvas.clientWidth;
  const [x, y, height] = [column, rows.from, rows.to - rows.from].map((length) => Math.round(length * scale));
  const { data } = context.getImageData(x ?? 0, y ?? 0, 1, height ?? 1);
  return new Set(new Uint32Array(data.buffer)).size > 1;
}
