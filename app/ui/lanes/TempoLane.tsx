// The lane of the tempo: a line with a point where each segment starts, dragged up and down and along the time.
import Line from 'lucide-solid/icons/chart-line';
import { createMemo, createSignal, type JSX, onCleanup } from 'solid-js';
import { TempoMap, tempoMapOf } from '../../core/tempo.ts';
import { describePosition } from '../../editor/time-grid.ts';
import { timeToX } from '../../editor/viewport.ts';
import type { Command } from '../../protocol/commands.ts';
import type { TempoSegment } from '../../protocol/kinds.ts';
import type { Action } from '../actions.ts';
import { objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import { runStep } from '../timeline/clip-actions.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { commonSignatures } from '../transport/tempo-edit.ts';
import { LaneList } from './LaneList.tsx';
import type { LaneDrag, LanePoint } from './lane-drag.ts';
import { nudged, timeAt } from './lane-time.ts';
import { heightOf, rangeOf, tempoPath } from './tempo-line.ts';
import * as edits from './tempo-points.ts';

/** Beats per minute for each pixel dragged, and what they are rounded to; with Shift fine. */
const coarse = { perPixel: 0.5, step: 0.5 };
const fine = { perPixel: 0.02, step: 0.01 };

export function TempoLane(props: { readonly model: TimelineModel }): JSX.Element {
  const { model } = props;
  const [preview, setPreview] = createSignal<edits.TempoPoints>();
  const timeline = () => objectOf(model.client.state, 'TimelineAtome', model.timelineId());
  const timebase = () => timeline()?.timebase ?? 'seconds';
  const stored = createMemo((): TempoSegment[] => (timeline()?.tempo_segments ?? []).map((each) => ({ ...each })));
  const points = (): edits.TempoPoints => preview() ?? stored();
  const map = createMemo(() => tempoMapOf({ timebase: timebase(), tempo_segments: points() }));
  /** Stands still while something is dragged. */
  const range = createMemo(() => rangeOf(stored()));
  const items = createMemo(() =>
    points().map(({ start_position }, index) => ({
      id: String(index),
      time: index === 0 ? 0 : map().toSeconds(start_position),
    })),
  );
  const pointOf = (id: string): TempoSegment | undefined => points()[Number(id)];
  const timeOf = (id: string): number => items()[Number(id)]?.time ?? 0;

  const height = (id: string): number => heightOf(range(), pointOf(id)?.bpm ?? 0);
  /** Then what is written at it has no room above. */
  const isHigh = (id: string): boolean => height(id) < 40;

  const set = async (segments: edits.TempoPoints, said = ''): Promise<void> => {
    const same = JSON.stringify(segments) === JSON.stringify(stored());
    const command: Command = { cmd: 'SET_TEMPO_SEGMENTS', timeline_id: model.timelineId(), segments: [...segments] };
    if (!same) await runStep(model, command, said);
  };
  const words = (point: TempoSegment | undefined): string =>
    point ? `${Number(point.bpm.toFixed(2))} bpm, ${point.time_signature}` : '';
  const wordsOf = (id: string): string => {
    const place = describePosition(model.scene().tempo, timeOf(id));
    const curve = text(pointOf(id)?.curve === 'linear' ? 'tempo.linear' : 'tempo.step');
    return [words(pointOf(id)), place, curve].join(', ');
  };

  const add = (time: number): Promise<void> => {
    const { tempo } = model.scene();
    const bpm = edits.roundTempo(tempo.bpmAt(tempo.secondsToBeats(time)), 0.01);
    return set(edits.withPoint(stored(), tempo.fromSeconds(time), bpm), text('tempo.added'));
  };
  /** Where a point would be if it were at a time, by the tempo that leads there. */
  const placeAt = (index: number, time: number): number => without(index).fromSeconds(time);
  const without = (index: number): TempoMap =>
    new TempoMap({ timebase: timebase(), tempo_segments: edits.withoutPoint(stored(), index) });

  const end = (): void => {
    setPreview(undefined);
    model.setPreview(undefined);
  };
  const commit = (id: string): Promise<void> => set(points(), wordsOf(id));
  const dragInTime = (id: string, from: LanePoint): LaneDrag => {
    const index = Number(id);
    const own = timeOf(id);
    const grasped = from.x - timeToX(model.view(), own);
    const tempo = without(index);
    return {
      move(point) {
        const { time, line } = timeAt(model, { ...point, x: point.x - grasped }, { own, tempo });
        setPreview(edits.withPosition(stored(), index, tempo.fromSeconds(time)));
        model.setPreview({ line });
      },
      commit: () => commit(id),
      end,
    };
  };
  const dragTempo = (id: string, from: LanePoint): LaneDrag => {
    let bpm = pointOf(id)?.bpm ?? 0;
    let { y } = from;
    return {
      move(point) {
        const { perPixel, step } = point.shift ? fine : coarse;
        bpm += (y - point.y) * perPixel;
        y = point.y;
        setPreview(edits.withTempo(stored(), Number(id), edits.roundTempo(bpm, step)));
      },
      commit: () => commit(id),
      end,
    };
  };

  let endKeys: (() => void) | undefined;
  onCleanup(() => endKeys?.());
  /** As long as the key is held, it is one step. */
  const turnByKey = (id: string, by: number): void => {
    const bpm = edits.roundTempo((pointOf(id)?.bpm ?? 0) + by, 0.01);
    setPreview(edits.withTempo(points(), Number(id), bpm));
    if (endKeys) return;
    const release = (): void => {
      endKeys?.();
      void commit(id).finally(end);
    };
    window.addEventListener('keyup', release);
    window.addEventListener('blur', release);
    endKeys = () => {
      endKeys = undefined;
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', release);
    };
  };
  const pressKey = (id: string, event: KeyboardEvent): boolean => {
    const index = Number(id);
    const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    const up = event.key === 'ArrowDown' ? -1 : event.key === 'ArrowUp' ? 1 : undefined;
    if (sideways && event.altKey) {
      const place = placeAt(index, nudged(model, timeOf(id), sideways, event.shiftKey));
      void set(edits.withPosition(stored(), index, place), wordsOf(id));
    } else if (up && !event.altKey) turnByKey(id, event.shiftKey ? up / 10 : up);
    else if (event.key === 'Delete' || event.key === 'Backspace') void remove(index);
    else return false;
    return true;
  };
  const remove = (index: number): Promise<void> => set(edits.withoutPoint(stored(), index), text('tempo.removed'));

  const menuOf = (id: string, edit: () => void): readonly (readonly Action[])[] => {
    const index = Number(id);
    const curve = (kind: 'step' | 'linear'): Action => ({
      id: `tempo.${kind}`,
      label: `tempo.${kind}`,
      checked: () => (pointOf(id)?.curve ?? 'step') === kind,
      run: () => void set(edits.withCurve(stored(), index, kind), text(`tempo.${kind}`)),
    });
    const signature = (chosen: string): Action => ({
      id: `tempo.signature.${chosen}`,
      label: 'tempo.signature',
      values: { signature: chosen },
      checked: () => pointOf(id)?.time_signature === chosen,
      run: () => void set(edits.withSignature(stored(), index, chosen), chosen),
    });
    return [
      [{ id: 'tempo.edit', label: 'tempo.edit', run: edit }],
      [curve('step'), curve('linear')],
      commonSignatures.map(signature),
      [{ id: 'tempo.remove', label: 'tempo.remove', run: () => void remove(index), enabled: () => index > 0 }],
    ];
  };

  return (
    <LaneList
      model={model}
      title={text('lanes.tempo')}
      icon={Line}
      hint=""
      items={items()}
      addLabel={text('tempo.add')}
      onAdd={() => void add(model.playhead())}
      onAddAt={(point) => void add(timeAt(model, point).time)}
      wordsOf={wordsOf}
      menuLabel={text('tempo.menu')}
      menuOf={(id, lane) => menuOf(id, () => lane.edit(id))}
      editLabel={text('tempo.edit')}
      editValue={(id) => words(pointOf(id)).replace(' bpm,', '')}
      onEdited={(id, typed) => {
        const edited = edits.typedPoint(stored(), Number(id), typed);
        if (edited) void set(edited, typed);
        return edited !== undefined;
      }}
      dragOf={(id, from, sideways) => (sideways && id !== '0' ? dragInTime(id, from) : dragTempo(id, from))}
      onKey={pressKey}
      behind={
        <svg class="tempo-line" viewBox={`0 0 ${model.view().width} 100`} preserveAspectRatio="none" aria-hidden="true">
          <path d={tempoPath(points(), map(), model.view(), range())} vector-effect="non-scaling-stroke" />
        </svg>
      }
    >
      {(id, place) => (
        <span class="tempo-point" data-high={isHigh(id) ? '' : undefined} style={{ top: `${height(id)}%` }}>
          <span class="tempo-point-words" style={{ 'max-width': `${Math.max(0, Math.min(120, place().room - 14))}px` }}>
            {Number(pointOf(id)?.bpm.toFixed(2))}
            <small>{pointOf(id)?.time_signature}</small>
          </span>
        </span>
      )}
    </LaneList>
  );
}
