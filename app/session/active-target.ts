// The project and the timeline that commands mean when they name none.
import type { ProjectAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { Edit } from './edit.ts';
import { refused } from './handlers.ts';

/** @throws AtomeError ERR_NOT_FOUND */
export const activeProject = (edit: Edit): ProjectAtome =>
  edit.need('ProjectAtome', edit.context.activeProjectId() ?? '');

/** The named timeline, or else the one that the project shows. @throws AtomeError ERR_NOT_FOUND or ERR_REFUSED */
export function timelineOrActive(edit: Edit, timelineId: string | undefined): TimelineAtome {
  const id = timelineId ?? activeProject(edit).active_timeline_id;
  if (id === null) throw refused('timeline_id: no timeline is active');
  return edit.need('TimelineAtome', id);
}
