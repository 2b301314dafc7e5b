// Freezing clips into rendered sounds, and bringing them back; what is under way can be watched and cancelled.
import { createSignal } from 'solid-js';
import { asOneStep } from '../../editor/edits.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { Action } from '../actions.ts';
import { select } from '../selection.ts';
import { stepName, text } from '../text.ts';
import { clipsInHand, runStep } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';

export interface Freezing {
  readonly timelineId: string;
  /** 0 to 1. */
  readonly fraction: number;
  cancel(): void;
}

const [freezing, setFreezing] = createSignal<Freezing>();

/** What is being frozen; one selection at a time. */
export { freezing };

export function freezeActions(model: TimelineModel): Action[] {
  return [
    {
      id: 'clip.freeze',
      label: 'clip.freeze',
      keys: ['Shift+KeyB'],
      run: () => void freeze(model),
      enabled: () => freezing() === undefined && soundsInHand(model).length > 0,
    },
    {
      id: 'clip.unfreeze',
      label: 'clip.unfreeze',
      keys: ['Shift+KeyU'],
      run: () => unfreeze(model),
      enabled: () => frozenInHand(model).length > 0,
    },
  ];
}

const soundsInHand = (model: TimelineModel): string[] =>
  clipsInHand(model).flatMap(({ id, source }) => (source.kind === 'AudioClipAtome' ? id : []));

const frozenInHand = (model: TimelineModel): string[] =>
  clipsInHand(model).flatMap(({ id, frozen }) => (frozen ? id : []));

async function freeze(model: TimelineModel): Promise<void> {
  const clipIds = soundsInHand(model);
  if (clipIds.length === 0 || freezing()) return;
  const abort = new AbortController();
  const show = (fraction: number): void => {
    setFreezing({ timelineId: model.timelineId(), fraction, cancel: () => abort.abort() });
  };
  show(0);
  try {
    const standIns = await model.client.freezeClips(clipIds, show, abort.signal);
    if (standIns.length === 0) return;
    select(standIns);
    model.announce(text('clip.freeze'));
  } finally {
    setFreezing(undefined);
  }
}

/** What was frozen is selected again. */
function unfreeze(model: TimelineModel): void {
  const standIns = new Set(frozenInHand(model));
  const edits = Array.from(standIns, (clip_id): EditCommand => ({ cmd: 'UNFREEZE_CLIP', clip_id }));
  const back = Object.values(model.client.state.objects).flatMap((object) =>
    object.kind === 'AudioClipAtome' && standIns.has(object.frozen_by ?? '') ? object.id : [],
  );
  void runStep(model, asOneStep(edits, stepName('clip.unfreeze')), text('clip.unfreeze'), back);
}
