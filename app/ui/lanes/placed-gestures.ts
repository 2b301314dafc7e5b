// Moving, visiting and removing what lies at one time of a lane, markers and events alike, by pointer and by keys.
import { type Accessor, createSignal } from 'solid-js';
import type { Seconds } from '../../core/units.ts';
import { timeToX } from '../../editor/viewport.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { goTo } from '../timeline/view-actions.ts';
import type { LaneDrag, LanePoint } from './lane-drag.ts';
import { nudged, timeAt } from './lane-time.ts';

export interface PlacedEdits {
  readonly timeOf: (id: string) => Seconds;
  readonly move: (id: string, time: Seconds) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

export interface PlacedGestures {
  /** What is being dragged, where it is shown now. */
  readonly moved: Accessor<{ readonly id: string; readonly time: Seconds } | undefined>;
  readonly dragOf: (id: string, from: LanePoint) => LaneDrag;
  /** Whether the key meant something. */
  readonly pressKey: (id: string, event: KeyboardEvent) => boolean;
}

export function createPlacedGestures(model: TimelineModel, { timeOf, move, remove }: PlacedEdits): PlacedGestures {
  const [moved, setMoved] = createSignal<{ readonly id: string; readonly time: Seconds }>();
  return {
    moved,
    dragOf(id, from) {
      const own = timeOf(id);
      const grasped = from.x - timeToX(model.view(), own);
      return {
        move(point) {
          const { time, line } = timeAt(model, { ...point, x: point.x - grasped }, { own });
          setMoved({ id, time });
          model.setPreview({ line });
        },
        commit: () => move(id, moved()?.time ?? own),
        end() {
          setMoved(undefined);
          model.setPreview(undefined);
        },
      };
    },
    pressKey(id, event) {
      const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
      if (direction && event.altKey) void move(id, nudged(model, timeOf(id), direction, event.shiftKey));
      else if (event.key === 'Enter') goTo(model, timeOf(id));
      else if (event.key === 'Delete' || event.key === 'Backspace') void remove(id);
      else return false;
      return true;
    },
  };
}
