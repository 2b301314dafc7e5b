// The lane of markers: flags with names, dragged, named, tagged, looped and played from.
import Flag from 'lucide-solid/icons/flag';
import { createMemo, type JSX } from 'solid-js';
import type { Seconds } from '../../core/units.ts';
import { describePosition } from '../../editor/time-grid.ts';
import { objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { LaneList } from './LaneList.tsx';
import { timeAt } from './lane-time.ts';
import { markerMenu, moveMarker, removeMarker, renameMarker, tagText } from './marker-actions.ts';
import { createPlacedGestures } from './placed-gestures.ts';
import { addMarker } from './time-lane-actions.ts';

export function MarkerLane(props: { readonly model: TimelineModel }): JSX.Element {
  const { model } = props;
  const { moved, dragOf, pressKey } = createPlacedGestures(model, {
    timeOf: (id) => byId().get(id)?.time ?? 0,
    move: (id, time) => moveMarker(model, id, time),
    remove: (id) => removeMarker(model, id),
  });
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
