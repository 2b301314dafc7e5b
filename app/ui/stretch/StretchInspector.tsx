// Speed and pitch of the selected clips, and the way from their own tempo to that of the timeline.
import type { JSX } from 'solid-js';
import type { AudioClipAtome, TimelineAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { objectOf } from '../session-view.ts';
import { FitToTempo } from './FitToTempo.tsx';
import { StretchFields } from './StretchFields.tsx';
import './stretch.css';

export interface StretchInspectorProps {
  /** At least one. */
  readonly clips: readonly AudioClipAtome[];
  readonly timeline: TimelineAtome;
}

export function StretchInspector(props: StretchInspectorProps): JSX.Element {
  const client = useClient();
  /** Where all clips play the same one. */
  const file = () => {
    const [first, ...others] = new Set(props.clips.map((clip) => clip.audio_file_id));
    return others.length === 0 ? objectOf(client.state, 'AudioFileAtome', first) : undefined;
  };
  return (
    <>
      <StretchFields clips={props.clips} file={file()} />
      <FitToTempo clips={props.clips} timeline={props.timeline} />
    </>
  );
}
