// The ruler and the lanes: the canvas, what lies over it, and everything the pointer does there.
import { createSignal, type JSX, Show } from 'solid-js';
import type { Point } from '../../editor/gestures/navigate.ts';
import type { Hit } from '../../editor/hit-test.ts';
import { rulerHeight } from '../../editor/layout.ts';
import { timeToX } from '../../editor/viewport.ts';
import { fileDragType } from '../files/add-to-timeline.ts';
import { text } from '../text.ts';
import { timelineDragType } from '../timelines/shown-timeline.ts';
import { dropOnTimeline, dropPlace } from './drop-files.ts';
import { GesturePreview } from './GesturePreview.tsx';
import type { TimelineModel } from './model.ts';
import { Playhead } from './Playhead.tsx';
import { createPointerInput, sampleOf } from './pointer-input.ts';
import { RenameClip } from './RenameClip.tsx';
import { TimelineCanvas } from './TimelineCanvas.tsx';

export interface TimelineAreaProps {
  readonly model: TimelineModel;
  readonly openMenu: (hit: Hit, at: Point) => void;
  readonly renaming: string | undefined;
  readonly onRenamed: () => void;
  readonly ref: (element: HTMLElement) => void;
}

const accepts = (event: DragEvent): boolean =>
  event.dataTransfer?.types.some((type) => type === fileDragType || type === timelineDragType || type === 'Files') ===
  true;

export function TimelineArea(props: TimelineAreaProps): JSX.Element {
  const input = createPointerInput(props.model, (hit, at) => props.openMenu(hit, at));
  const [dropping, setDropping] = createSignal<{ readonly time: number; readonly lane: number }>();

  const dragOver = (event: DragEvent): void => {
    if (!accepts(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    setDropping(dropPlace(props.model, sampleOf(event)));
  };
  const drop = (event: DragEvent): void => {
    setDropping(undefined);
    if (!event.dataTransfer || !dropOnTimeline(props.model, event.dataTransfer, sampleOf(event))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const dropStyle = (place: { readonly time: number; readonly lane: number }) => {
    const { laneHeight } = props.model.layout();
    const view = props.model.view();
    const y = rulerHeight + place.lane * laneHeight - view.top;
    return { transform: `translate(${timeToX(view, place.time)}px, ${y}px)`, height: `${laneHeight}px` };
  };

  return (
    <div
      class="timeline-area"
      ref={(element) => {
        input.attach(element);
        element.addEventListener('dragover', dragOver);
        element.addEventListener('dragleave', () => setDropping(undefined));
        element.addEventListener('drop', drop);
        props.ref(element);
      }}
      style={{ cursor: input.cursor() }}
      title={input.hint()}
    >
      <TimelineCanvas model={props.model} hovered={input.hovered()} />
      <GesturePreview model={props.model} pointer={input.pointer()} />
      <Show when={props.model.scene().clips.size === 0 && !dropping()}>
        <p class="timeline-hint">{text('view.emptyHint')}</p>
      </Show>
      <Show when={dropping()}>{(place) => <div class="timeline-drop" style={dropStyle(place())} />}</Show>
      <Playhead model={props.model} />
      <Show when={props.renaming}>
        {(id) => <RenameClip model={props.model} clipId={id()} onClose={() => props.onRenamed()} />}
      </Show>
    </div>
  );
}
