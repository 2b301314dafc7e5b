// One sound or video: dragged to the timeline, or added at the playhead by its button, a double click or Enter.
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { type JSX, Show } from 'solid-js';
import type { AudioFileAtome, MediaFileAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { rateText } from '../controls/size-text.ts';
import { lengthText } from '../controls/time-text.ts';
import { text } from '../text.ts';
import { addToTimeline, fileDragType, importedAs } from './add-to-timeline.ts';

export interface FileRowProps {
  readonly file: AudioFileAtome | MediaFileAtome;
  /** Does a clip play it, or an event show it? Then it cannot be removed. */
  readonly used: boolean;
}

export function FileRow(props: FileRowProps): JSX.Element {
  const client = useClient();
  const facts = (): string => [lengthText(props.file.duration), ...factsOf(props.file)].join(' · ');
  return (
    <li
      class="file-row"
      draggable="true"
      title={text('files.dragHint')}
      onDragStart={(event) => {
        event.dataTransfer?.setData(fileDragType, props.file.id);
        event.dataTransfer?.setData('text/plain', props.file.name);
        if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
      }}
      onDblClick={() => void addToTimeline(client, [importedAs(props.file)])}
    >
      <span class="file-name">{props.file.name}</span>
      <span class="file-facts">{facts()}</span>
      <span class="file-buttons">
        <Show when={!props.used}>
          <IconButton
            class="file-remove"
            label={text('files.remove', { name: props.file.name })}
            onClick={() => void client.run({ cmd: 'REMOVE_OBJECT', id: props.file.id })}
          >
            <Trash size={14} />
          </IconButton>
        </Show>
        <IconButton
          label={text('files.add', { name: props.file.name })}
          onClick={() => void addToTimeline(client, [importedAs(props.file)])}
        >
          <Plus size={16} />
        </IconButton>
      </span>
    </li>
  );
}

const factsOf = (file: AudioFileAtome | MediaFileAtome): string[] =>
  file.kind === 'MediaFileAtome'
    ? [`${file.width} × ${file.height}`]
    : [rateText(file.sample_rate), channelsText(file.channels)];

export const channelsText = (channels: number): string =>
  channels === 1
    ? text('files.mono')
    : channels === 2
      ? text('files.stereo')
      : text('files.channels', { count: channels });
