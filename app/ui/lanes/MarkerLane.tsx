// The lane of markers: flags with names, dragged, named, tagged, looped and played from.
import Flag from 'lucide-solid/icons/flag';
import { createMemo, createSignal, type JSX } from 'solid-js';
import type { Seconds } from '../../core/units.ts';
import { describePosition } from '../../editor/time-grid.ts';
import { timeToX } from '../../editor/viewport.ts';
import { objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { goTo } from '../timeline/view-actions.ts';
import { LaneList } from './LaneList.tsx';
import type { LaneDrag, LanePoint } from './lane-drag.ts';
import { nudged, timeAt } from './lane-time.ts';
import { markerMenu, moveMarker, removeMarker, renameMarker, tagText } from './marker-actions.ts';
import { addMarker } from './time-lane-actions.ts';

export function MarkerLane(props: { readonly model: TimelineModel }): JSX.Element {
  const { model } = props;
  const [moved, setMoved] = createSignal<{ readonly id: string; readonly time: Seconds }>();
  const markers = createMemo(() => {
    const shown = moved();
    const all = model.scene().markers;
    if (!shown) return all;
    return all.map((marker) => (marker.id === shown.id ? { ...marker, ...shown } : marker)).toSorted(inTime);
  });
  const byId = createMemo(() => new Map(markers().map((marker) => [marker.id, marker])));
  const tagsOf = (id: string): readonly string[] => objectOf(model.client.state, 'TimelineMarkerAtome', id)?.tags ?? [];

  const wordsOf = (id: string): string => {
    const marker = byId().get(id);
    if (!marker) return '';
    return [marker.name, describePosition(model.scene().tempo, marker.time), ...tagsOf(id).map(tagText)].join(', ');
  };
  const dragOf = (id: string, from: LanePoint): LaneDrag => {
    const own = byId().get(id)?.time ?? 0;
    const grasped = from.x - timeToX(model.view(), own);
    return {
      move(point) {
        const { time, line } = timeAt(model, { ...point, x: point.x - grasped }, { own });
        setMoved({ id, time });
        model.setPreview({ line });
      },
      commit: () => moveMarker(model, id, moved()?.time ?? own),
      end() {
        setMoved(undefined);
        model.setPreview(undefined);
      },
    };
  };
  const pressKey = (id: string, event: KeyboardEvent): boolean => {
    const time = byId().get(id)?.time ?? 0;
    const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    if (direction && event.altKey) void moveMarker(model, id, nudged(model, time, direction, event.shiftKey));
    else if (event.key === 'Enter') goTo(model, time);
    else if (event.key === 'Delete' || event.key === 'Backspace') void removeMarker(model, id);
    else return false;
    return true;
  };

  return (
    <LaneList
      model={model}
      title={text('lanes.markers')}
      icon={Flag}
      hint={text('markers.hint')}
      items={markers()}
      addLabel={text('markers.add')}
      onAdd={() => void addMarker(model, model.playhead())}
      onAddAt={(point) => void addMarker(model, timeAt(model, point).time)}
      wordsOf={wordsOf}
      menuLabel={text('markers.menu')}
      menuOf={(id, lane) => markerMenu(model, id, () => lane.edit(id))}
      editLabel={text('markers.rename')}
      editValue={(id) => byId().get(id)?.name ?? ''}
      onEdited={(id, name) => {
        void renameMarker(model, id, name);
        return true;
      }}
      dragOf={dragOf}
      onKey={pressKey}
    >
      {(id, place) => (
        <span
          class="marker-flag"
          data-tag={tagsOf(id)[0]}
          style={{ 'max-width': `${Math.max(10, Math.min(180, place().room - 3))}px` }}
        >
          {byId().get(id)?.name}
        </span>
      )}
    </LaneList>
  );
}

const inTime = (a: { readonly time: Seconds }, b: { readonly time: Seconds }): number => a.time - b.time;
