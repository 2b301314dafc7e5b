// What a gesture shows besides the clips: its frame, the line it snaps to and the position in words.
import { type JSX, Show } from 'solid-js';
import { rulerHeight } from '../../editor/layout.ts';
import { timeToX } from '../../editor/viewport.ts';
import type { TimelineModel } from './model.ts';

export interface GesturePreviewProps {
  readonly model: TimelineModel;
  /** The pointer, in CSS pixels of the canvas. */
  readonly pointer: { readonly x: number; readonly y: number };
}

/** CSS pixels, with what lies between them and the pointer. */
const roomForWords = 220;

export function GesturePreview(props: GesturePreviewProps): JSX.Element {
  const preview = () => props.model.preview();
  /** Beside the pointer, on its left where there is no room on its right. */
  const wordsPlace = (): string => {
    const y = Math.max(4, props.pointer.y - 32);
    const { x } = props.pointer;
    if (x < props.model.view().width - roomForWords) return `translate(${x + 14}px, ${y}px)`;
    return `translate(max(4px, calc(${x - 14}px - 100%)), ${y}px)`;
  };
  return (
    <div class="timeline-preview" aria-hidden="true">
      <Show when={preview()?.marquee}>
        {(frame) => (
          <div
            class="timeline-marquee"
            style={{
              transform: `translate(${frame().x}px, ${frame().y + rulerHeight}px)`,
              width: `${frame().width}px`,
              height: `${frame().height}px`,
            }}
          />
        )}
      </Show>
      <Show when={preview()?.line !== undefined ? preview() : undefined}>
        {(shown) => (
          <div
            class="timeline-snap-line"
            style={{ transform: `translateX(${Math.round(timeToX(props.model.view(), shown().line ?? 0))}px)` }}
          />
        )}
      </Show>
      <Show when={preview()?.words}>
        {(words) => (
          <div class="timeline-words" style={{ transform: wordsPlace() }}>
            {words()}
          </div>
        )}
      </Show>
    </div>
  );
}
