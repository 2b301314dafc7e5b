// Builds a project of many objects with a long past, through the page's own commands.
import { sine } from '../../app/engine/testing/sounds.ts';
import { wavHeader } from '../../app/media/wav-header.ts';
import type { EditCommand } from '../../app/protocol/commands.ts';
import { dispatchAll, scripting } from './session.ts';

/** Commands under way at a time. */
const inFlight = 16;
/** The page paints after every step. */
const changesPerStep = 50;

export interface LargeProject {
  readonly objects: number;
  readonly versions: number;
}

/**
 * Fills the project up to so many living objects, clips most of them, and changes their gains until so many versions of
 * properties are on disk. @returns what is there then
 */
export async function build(objects: number, versions: number): Promise<LargeProject> {
  const { session, importFile } = scripting();
  const file = await importFile(toneOfASecond());
  const { activeTimelineId } = await session.getState();
  if (activeTimelineId === null) throw new Error('no timeline');
  const groups = await dispatchAll(
    Array.from({ length: 40 }, (_, index) => ({
      cmd: 'CREATE_GROUP',
      timeline_id: activeTimelineId,
      name: `Lane ${index}`,
    })),
  );
  const clips: string[] = [];
  for (let missing = await missingObjects(objects); missing > 0; missing = await missingObjects(objects)) {
    const commands = Array.from({ length: Math.min(500, missing) }, (_, index): EditCommand => {
      const at = clips.length + index;
      return {
        cmd: 'ADD_CLIP',
        timeline_id: activeTimelineId,
        audio_file_id: file.id,
        play_position: Math.floor(at / groups.length),
        group_id: groups[at % groups.length] ?? null,
      };
    });
    clips.push(...(await dispatchAll(commands)));
  }
  const first = await session.objects();
  let made = first.reduce((sum, object) => sum + Object.keys(object).length - 1, 0);
  for (let round = 1; made < versions; round++) {
    const steps = Array.from({ length: inFlight }, (_, step) =>
      dispatchAll(
        Array.from({ length: changesPerStep }, (_, change): EditCommand => {
          const clip_id = clips[(step * changesPerStep + change) % clips.length] ?? '';
          return { cmd: 'SET_CLIP', clip_id, gain: 1 / (1 + round) };
        }),
      ),
    );
    await Promise.all(steps);
    made += inFlight * changesPerStep;
  }
  return { objects: first.length, versions: made };
}

async function missingObjects(wanted: number): Promise<number> {
  return wanted - (await scripting().session.objects()).length;
}

function toneOfASecond(): File {
  const frames = 48_000;
  const samples = Int16Array.from(sine(frames, frames, 440), (sample) => Math.round(sample * 32_767));
  return new File([wavHeader({ format: 'I16', channels: 1, sampleRate: frames, frames }), samples], 'tone.wav');
}
