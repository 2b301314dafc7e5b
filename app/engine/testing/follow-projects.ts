// Projects for tests of follow actions: four clips of different sounds in one lane, and what is heard of them in a chain.
import { openArranging, type Stereo } from './arranging.ts';

/** Frames of each file; no whole number of quanta. */
export const lengths = [10_001, 7_003, 12_345, 9_999];

export type Project = Awaited<ReturnType<typeof openArranging>>;

/** A timeline with four clips in one lane, `apart` seconds from each other; the first begins at `first`. */
export async function openFourClips(module: WebAssembly.Module, { first = 0, apart = 1 } = {}) {
  const project = await openArranging(module, ...lengths.map((frames) => ({ frames })));
  const main = await project.timeline('main');
  const lane = await project.run({ cmd: 'CREATE_GROUP', timeline_id: main, name: 'lane' });
  const clips: string[] = [];
  for (const file of lengths.keys()) {
    clips.push(await project.clip(main, file, first + file * apart, { group_id: lane }));
  }
  return { ...project, main, lane, clips };
}

/** What is heard when these files follow each other without a gap. @param from frame at which the first begins */
export function chain(project: Project, files: readonly number[], frames: number, from = 0): Stereo {
  let at = from;
  const placed = files.map((file) => {
    const clip = { file, at };
    at += lengths[file] ?? 0;
    return clip;
  });
  return project.mixOf(placed, frames);
}
