// A clip's name, edited in its stripe.
import { type JSX, onMount } from 'solid-js';
import { clipRect, rulerHeight } from '../../editor/layout.ts';
import { text } from '../text.ts';
import { runStep } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';

const least = 140;

export interface RenameClipProps {
  readonly model: TimelineModel;
  readonly clipId: string;
  readonly onClose: () => void;
}

export function RenameClip(props: RenameClipProps): JSX.Element {
  const clip = () => props.model.scene().clips.get(props.clipId);
  let input: HTMLInputElement | undefined;
  let open = true;
  const close = (keep: boolean): void => {
    if (!open) return;
    open = false;
    const name = input?.value.trim() ?? '';
    const label = text('clip.rename');
    if (keep && name !== '' && name !== clip()?.name) {
      void runStep(props.model, { cmd: 'SET_CLIP', clip_id: props.clipId, name }, label);
    }
    props.onClose();
  };
  const style = () => {
    const shown = clip();
    if (!shown) return {};
    const view = props.model.view();
    const rect = clipRect(props.model.layout(), view, shown);
    const left = Math.max(0, Math.min(rect.x, view.width - least));
    const width = Math.max(least, Math.min(rect.width, view.width - left));
    return { transform: `translate(${left}px, ${rect.y + rulerHeight}px)`, width: `${width}px` };
  };
  onMount(() => {
    input?.focus();
    input?.select();
  });
  return (
    <input
      ref={(element) => {
        input = element;
      }}
      type="text"
      class="clip-rename"
      aria-label={text('clip.rename')}
      maxLength={200}
      autocomplete="off"
      spellcheck={false}
      style={style()}
      value={clip()?.name ?? ''}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' || event.key === 'Escape') close(event.key === 'Enter');
      }}
      onBlur={() => close(true)}
    />
  );
}
