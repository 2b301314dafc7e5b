// What any client of the session may ask of it and of the sound.
import type { EngineControl } from '../engine/control.ts';
import { renderSource } from '../engine/render-source.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { Session } from '../session/session.ts';
import type { ObjectStore } from '../storage/types.ts';
import { freezeSources } from './freeze-source.ts';
import { importProject, planProject, projectParts } from './project-files.ts';
import type { SessionQuestions, SoundPage } from './session-api.ts';

/** @param control of the WASM engine; without it the fallback is in use, which cannot record itself. */
export function sessionQuestions(
  session: Session,
  store: ObjectStore,
  control: EngineControl | undefined,
  page: SoundPage,
): SessionQuestions {
  return {
    state: () => session.getState(),
    objects(kind) {
      const all = Object.values(session.getState().objects);
      return kind === undefined ? all : all.filter((object) => object.kind === kind);
    },
    history: (objectId, property) => session.history(objectId, property),
    steps: (limit) => session.steps(limit),
    refersToBlob: (hash) => session.objects.refersToBlob(hash),
    renderSource: (timelineId, range) => renderSource(session.objects, timelineId, range),
    freezeSources: (clipIds) => freezeSources(session.objects, clipIds),
    async recordOutput(frames) {
      if (!control) throw new AtomeError('ERR_ENGINE_START', 'the simpler engine is in use');
      return control.recordOutput(frames);
    },
    projectParts: () => projectParts(session, store),
    planProject,
    importProject: (id, file, paths) => importProject(session, id, file, paths),
    startSound: () => page.startSound(),
    stopSound: () => page.stopSound(),
    status: () => page.status(),
    position: (timelineId) => page.position(timelineId),
  };
}
