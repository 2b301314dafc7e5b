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

export function GesturePreview(props: GesturePreviewProps): JSX.Element {
  const preview = () => props.model.preview();
  const wordsLeft = (): number => Math.max(4, Math.min(props.pointer.x + 14, props.model.view().width - 150));
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
          <div
            class="timeline-words"
            style={{ transform: `translate(${wordsLeft()}px, ${Math.max(4, props.pointer.y - 32)}px)` }}
          >
            {words()}
          </div>
        )}
      </Show>
    </div>
  );
}
