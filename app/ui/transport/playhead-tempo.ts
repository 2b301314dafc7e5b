// The tempo and the time signature where the playhead is; they change when what is shown of them does.
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import type { AtomeClient } from '../client.ts';
import { onFrame } from '../frame-loop.ts';
import { activeTempoMap, activeTimeline } from '../session-view.ts';

export interface PlayheadTempo {
  /** To hundredths. */
  readonly bpm: Accessor<number>;
  /** "4/4" */
  readonly signature: Accessor<string>;
}

export function createPlayheadTempo(client: AtomeClient): PlayheadTempo {
  const [bpm, setBpm] = createSignal(client.state.transport.bpm);
  const [signature, setSignature] = createSignal('4/4');
  const map = createMemo(() => activeTempoMap(client.state));
  const timelineId = createMemo(() => activeTimeline(client.state)?.id);
  createEffect(() => {
    const tempo = map();
    const id = timelineId();
    if (!tempo || id === undefined) return;
    const show = (): void => {
      const beats = tempo.secondsToBeats(Math.max(0, client.features.position(id).seconds));
      const { numerator, denominator } = tempo.segmentAtBeats(beats);
      setBpm(Math.round(tempo.bpmAt(beats) * 100) / 100);
      setSignature(`${numerator}/${denominator}`);
    };
    show();
    // One tempo throughout needs no look at the playhead.
    if (tempo.segments.length > 1) onCleanup(onFrame(show));
  });
  return { bpm, signature };
}
