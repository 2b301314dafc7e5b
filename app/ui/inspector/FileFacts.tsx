// What is known about the file behind a clip.
import type { JSX } from 'solid-js';
import type { AudioFileAtome } from '../../protocol/kinds.ts';
import { rateText } from '../controls/size-text.ts';
import { clockText } from '../controls/time-text.ts';
import { channelsText } from '../files/FileRow.tsx';
import { type MessageKey, text } from '../text.ts';

const sources: Readonly<Record<AudioFileAtome['source'], MessageKey>> = {
  recording: 'inspector.recorded',
  import: 'inspector.imported',
  generated: 'inspector.generated',
};

export function FileFacts(props: { readonly file: AudioFileAtome }): JSX.Element {
  const format = (): string =>
    `${rateText(props.file.sample_rate)}, ${props.file.bit_depth} bit, ${channelsText(props.file.channels)}`;
  return (
    <>
      <h2 class="inspector-heading">{text('inspector.file')}</h2>
      <dl class="facts">
        <dt>{text('inspector.fileName')}</dt>
        <dd title={props.file.name}>{props.file.name}</dd>
        <dt>{text('inspector.length')}</dt>
        <dd>{clockText(props.file.duration)}</dd>
        <dt>{text('inspector.format')}</dt>
        <dd>{format()}</dd>
        <dt>{text('inspector.source')}</dt>
        <dd>{text(sources[props.file.source])}</dd>
      </dl>
    </>
  );
}
