// Changes of what lies in a lane, markers and events alike: one named step each, and a word about it for screen readers.
import type { Seconds } from '../../core/units.ts';
import { describePosition } from '../../editor/time-grid.ts';
import { objectOf } from '../session-view.ts';
import { type MessageKey, stepName } from '../text.ts';
import { runStep } from '../timeline/clip-actions.ts';
import type { TimelineModel } from '../timeline/model.ts';

export function change(
  model: TimelineModel,
  id: string,
  label: MessageKey,
  said: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<void> {
  const commands = [{ cmd: 'SET_OBJECT', id, properties }] as const;
  return runStep(model, { cmd: 'BATCH', label: stepName(label), commands }, said);
}

/** What lies on a timeline may count in another time than the timeline does. */
export async function moveTo(model: TimelineModel, id: string, label: MessageKey, time: Seconds): Promise<void> {
  const { state } = model.client;
  const placed = objectOf(state, 'TimelineMarkerAtome', id) ?? objectOf(state, 'TimelineEventAtome', id);
  const { tempo } = model.scene();
  const exact = placed?.timebase === 'seconds' ? time : tempo.secondsToBeats(time);
  const place = Math.max(0, Math.round(exact * 1e9) / 1e9);
  if (placed && place !== placed.time) await change(model, id, label, describePosition(tempo, time), { time: place });
}

export function remove(model: TimelineModel, id: string, label: MessageKey, said: string): Promise<void> {
  const commands = [{ cmd: 'REMOVE_OBJECT', id }] as const;
  return runStep(model, { cmd: 'BATCH', label: stepName(label), commands }, said);
}
