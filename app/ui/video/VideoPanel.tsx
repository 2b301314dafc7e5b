// The video of the timeline in sight, locked to its sound as it is heard.
import { createEffect, createMemo, createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { AtomeError, errorReport } from '../../protocol/errors.ts';
import { useClient } from '../client.ts';
import { FloatingPanel } from '../floating/FloatingPanel.tsx';
import { belowRight, createPanelPlace } from '../floating/panel-place.ts';
import { onFrame } from '../frame-loop.ts';
import { setVideoClosed } from '../layout.ts';
import { activeTempoMap, objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import { shownTimelineId } from '../timelines/shown-timeline.ts';
import { shownVideoEvents } from './shown-events.ts';
import './video.css';
import { VideoStage } from './video-stage.ts';
import { mediaOf, pictureAt, videoTrack } from './video-track.ts';

const size = { width: 384, height: 248 };
const smallest = { width: 160, height: 120 };

export default function VideoPanel(): JSX.Element {
  const client = useClient();
  const { place, setPlace } = createPanelPlace('videoPanel', belowRight(size));
  const [isShowing, setShowing] = createSignal(false);
  const track = createMemo(() => {
    const tempo = activeTempoMap(client.state);
    return tempo ? videoTrack(shownVideoEvents(client.state), tempo) : { stretches: [] };
  });
  const fileOf = (mediaId: string) => objectOf(client.state, 'MediaFileAtome', mediaId);
  const told = new Set<string>();
  let stage: VideoStage | undefined;

  const open = async (mediaId: string): Promise<Blob> => {
    const file = fileOf(mediaId);
    if (!file) throw new AtomeError('ERR_NOT_FOUND', mediaId);
    const content = await client.videoFile(file.content_hash);
    return content.slice(0, content.size, file.mime);
  };
  const failed = (mediaId: string): void => {
    if (told.has(mediaId)) return;
    told.add(mediaId);
    client.report(errorReport('ERR_MEDIA_FORMAT', fileOf(mediaId)?.name));
  };
  const paint = (): void => {
    const { seconds, playing } = client.features.position(shownTimelineId(client.state) ?? '');
    const picture = pictureAt(track(), seconds, (id) => fileOf(id)?.duration);
    stage?.show(picture, playing);
    setShowing(picture !== undefined);
  };

  const attach = (element: HTMLElement): void => {
    stage = new VideoStage(element, open, failed);
  };
  const rest = (): void => {
    if (document.hidden) stage?.rest();
  };
  onMount(() => {
    createEffect(() => stage?.keep(mediaOf(track())));
    onCleanup(onFrame(paint));
    document.addEventListener('visibilitychange', rest);
    onCleanup(() => {
      document.removeEventListener('visibilitychange', rest);
      stage?.close();
    });
  });

  return (
    <FloatingPanel
      title={text('video.title')}
      place={place()}
      smallest={smallest}
      onPlace={setPlace}
      onClose={() => setVideoClosed(true)}
    >
      <div class="video-stage">
        <div ref={attach} />
        <Show when={!isShowing()}>
          <p class="video-nothing">{text('video.nothing')}</p>
        </Show>
      </div>
    </FloatingPanel>
  );
}
