// Waits for the transients of clips, with a word and a way out where it takes long.
import type { SceneClip } from '../../editor/scene.ts';
import { reportOf } from '../../protocol/errors.ts';
import { text } from '../text.ts';
import type { TimelineModel } from './model.ts';

/** Waits shorter than this need no words. */
const patienceMilliseconds = 500;

export interface FoundTransients {
  readonly clip: SceneClip;
  /** All inside the clip, in timeline seconds. */
  readonly times: Float64Array;
}

/** Each clip with its transients; undefined, and said, when they cannot be had. */
export async function findTransients(
  model: TimelineModel,
  clips: readonly SceneClip[],
): Promise<readonly FoundTransients[] | undefined> {
  const { client, transients } = model;
  const words = text('clip.seekingTransients');
  const cancel = (): void => {
    for (const hash of new Set(clips.map((clip) => clip.hash))) void client.waveforms.cancelOnsets(hash);
  };
  const patience = setTimeout(() => {
    client.notify({ kind: 'info', text: words, action: { label: text('dialog.cancel'), run: cancel } });
  }, patienceMilliseconds);
  try {
    return await Promise.all(clips.map(async (clip) => ({ clip, times: await transients.of(clip) })));
  } catch (thrown) {
    const report = reportOf(thrown, 'ERR_WORKER');
    if (report.name !== 'ERR_ANALYSIS_CANCELLED') client.report(report);
    return undefined;
  } finally {
    clearTimeout(patience);
    const shown = client.notices().find((notice) => notice.text === words);
    if (shown) client.dismiss(shown.id);
  }
}
