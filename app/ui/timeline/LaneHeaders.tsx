// The heads of the lanes: name, mute, solo and level; they scroll with the lanes.
import { createMemo, For, type JSX, Show } from 'solid-js';
import { newLane } from '../../editor/edits.ts';
import { laneGap, laneTop, rulerHeight } from '../../editor/layout.ts';
import type { SceneLane } from '../../editor/scene.ts';
import { Fader } from '../controls/Fader.tsx';
import { NameField } from '../controls/NameField.tsx';
import { gainOfLevel, levelOfGain, levelScale } from '../controls/scales.ts';
import { text } from '../text.ts';
import type { TimelineModel } from './model.ts';

/** +12 dB is as far as the small fader goes. */
const scale = levelScale(12);
/** The lane of clips without a group has no id of its own. */
const ungrouped = 'ungrouped';

const idOf = (lane: SceneLane): string => lane.group?.id ?? ungrouped;

function Head(props: { readonly model: TimelineModel; readonly id: string }): JSX.Element {
  const index = createMemo(() => props.model.scene().lanes.findIndex((lane) => idOf(lane) === props.id));
  const group = () => props.model.scene().lanes[index()]?.group ?? undefined;
  const change = (properties: Readonly<Record<string, unknown>>): void => {
    void props.model.client.run({ cmd: 'SET_OBJECT', id: props.id, properties });
  };
  return (
    <div
      class="lane-head"
      style={{
        transform: `translateY(${laneTop(props.model.layout(), props.model.view(), index()) + laneGap / 2}px)`,
        height: `${props.model.layout().laneHeight - laneGap}px`,
        '--hue': `var(--clip-${group()?.color ?? 0})`,
      }}
    >
      <Show when={group()} fallback={<span class="lane-name-plain">{text('lane.ungrouped')}</span>}>
        {(lane) => (
          <>
            <NameField
              label={text('lane.name')}
              class="lane-name"
              value={lane().name}
              onCommit={(name) => change({ name })}
            />
            <div class="lane-switches">
              <button
                type="button"
                class="lane-switch lane-mute"
                aria-label={`${text('lane.mute')}: ${lane().name}`}
                title={text('lane.mute')}
                aria-pressed={lane().muted}
                onClick={() => change({ muted: !lane().muted })}
              >
                M
              </button>
              <button
                type="button"
                class="lane-switch lane-solo"
                aria-label={`${text('lane.solo')}: ${lane().name}`}
                title={text('lane.solo')}
                aria-pressed={lane().solo}
                onClick={() => change({ solo: !lane().solo })}
              >
                S
              </button>
              <Fader
                label={text('lane.gain')}
                scale={scale}
                value={levelOfGain(lane().gain)}
                onCommit={(level) => change({ gain: gainOfLevel(level) })}
              />
            </div>
          </>
        )}
      </Show>
    </div>
  );
}

export function LaneHeaders(props: { readonly model: TimelineModel }): JSX.Element {
  const inSight = createMemo(
    (): string[] => {
      const { laneHeight } = props.model.layout();
      const { top, height } = props.model.view();
      const first = Math.max(0, Math.floor(top / laneHeight) - 1);
      return props.model
        .scene()
        .lanes.slice(first, Math.ceil((top + height) / laneHeight) + 1)
        .map(idOf);
    },
    [],
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  );
  const addLane = (): void => {
    const scene = props.model.scene();
    void props.model.client.run(newLane(scene, `${text('lane.new')} ${scene.lanes.length + 1}`));
  };
  return (
    <div class="lane-heads">
      <div class="lane-heads-corner" style={{ height: `${rulerHeight}px` }}>
        <button type="button" class="lane-add" onClick={addLane}>
          + <span>{text('lane.add')}</span>
        </button>
      </div>
      <div class="lane-heads-window">
        <For each={inSight()}>{(id) => <Head model={props.model} id={id} />}</For>
      </div>
    </div>
  );
}
