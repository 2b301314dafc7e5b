// The heads of the lanes: name, mute, solo and level; they scroll with the lanes.
import More from 'lucide-solid/icons/ellipsis';
import { createMemo, For, type JSX, Show } from 'solid-js';
import { newLane } from '../../editor/edits.ts';
import type { Point } from '../../editor/gestures/navigate.ts';
import { laneGap, laneTop, rulerHeight } from '../../editor/layout.ts';
import type { SceneLane } from '../../editor/scene.ts';
import { Fader } from '../controls/Fader.tsx';
import { createLiveEdit } from '../controls/live-edit.ts';
import { NameField } from '../controls/NameField.tsx';
import { gainOfLevel, levelOfGain, levelScale } from '../controls/scales.ts';
import { LaneFolds } from '../lanes/LaneFolds.tsx';
import { objectOf } from '../session-view.ts';
import { stepName, text } from '../text.ts';
import type { TimelineModel } from './model.ts';

/** +12 dB is as far as the small fader goes. */
const scale = levelScale(12);
/** The lane of clips without a group has no id of its own. */
const ungrouped = 'ungrouped';

export interface LaneHeadersProps {
  readonly model: TimelineModel;
  /** For the lane of that index, at a point of the page. */
  readonly openMenu: (lane: number, at: Point) => void;
}

const idOf = (lane: SceneLane): string => lane.group?.id ?? ungrouped;

function Head(props: LaneHeadersProps & { readonly id: string }): JSX.Element {
  const index = createMemo(() => props.model.scene().lanes.findIndex((lane) => idOf(lane) === props.id));
  const group = () => objectOf(props.model.client.state, 'GroupAtome', props.id);
  const change = (properties: Readonly<Record<string, unknown>>): void => {
    void props.model.client.run({ cmd: 'SET_OBJECT', id: props.id, properties });
  };
  const level = createLiveEdit(props.model.client, stepName('lane.gain'), () => {
    const { id } = props;
    return (chosen) => [{ cmd: 'SET_OBJECT', id, properties: { gain: gainOfLevel(chosen) } }];
  });
  return (
    <fieldset
      class="lane-head"
      aria-label={group()?.name ?? text('lane.ungrouped')}
      style={{
        transform: `translateY(${laneTop(props.model.layout(), props.model.view(), index()) + laneGap / 2}px)`,
        height: `${props.model.layout().laneHeight - laneGap}px`,
        '--hue': `var(--clip-${group()?.color ?? 0})`,
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.openMenu(index(), { x: event.clientX, y: event.clientY });
      }}
    >
      <Show when={group()} fallback={<span class="lane-name-plain">{text('lane.ungrouped')}</span>}>
        {(lane) => (
          <>
            <div class="lane-title">
              <NameField
                label={text('lane.name')}
                class="lane-name"
                value={lane().name}
                onCommit={(name) => change({ name })}
              />
              <button
                type="button"
                class="lane-more"
                aria-label={`${text('lane.menu')}: ${lane().name}`}
                title={text('lane.menu')}
                aria-haspopup="menu"
                onClick={(event) => {
                  const box = event.currentTarget.getBoundingClientRect();
                  props.openMenu(index(), { x: box.left, y: box.bottom });
                }}
              >
                <More size={14} />
              </button>
            </div>
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
                label={`${text('lane.gain')}: ${lane().name}`}
                scale={scale}
                value={levelOfGain(lane().gain)}
                {...level}
              />
            </div>
          </>
        )}
      </Show>
    </fieldset>
  );
}

export function LaneHeaders(props: LaneHeadersProps): JSX.Element {
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
        <button type="button" class="lane-add" aria-label={text('lane.add')} onClick={addLane}>
          + <span>{text('lane.new')}</span>
        </button>
        <LaneFolds />
      </div>
      <div class="lane-heads-window">
        <For each={inSight()}>{(id) => <Head model={props.model} openMenu={props.openMenu} id={id} />}</For>
      </div>
    </div>
  );
}
