// Commands about what controls the sound: widgets, and values written ahead for their time.
import type { Seconds } from '../core/units.ts';
import { AtomeError } from '../protocol/errors.ts';
import { type ActionClipAtome, mostActionEvents, type TimelineAtome } from '../protocol/kinds.ts';
import { activeProject, timelineOrActive } from './active-target.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, refused } from './handlers.ts';

const emptyValue = { slider: [0], button: [0], toggle: [0], macroTrigger: [0], xy: [0.5, 0.5] } as const;

export const addWidget: EditHandler<'ADD_WIDGET'> = (edit, command) => {
  const id = edit.create(
    'WidgetAtome',
    {
      project_id: activeProject(edit).id,
      type: command.type,
      name: command.name ?? '',
      mapping_targets: command.mapping_targets ?? [],
      value: command.value ?? [...emptyValue[command.type]],
      visible: true,
    },
    command.id,
  );
  edit.created.push(id);
};

/** The action clip of a timeline that keeps scheduled values; it begins at the timeline's zero. */
const automationName = 'Automation';

/** A value for the same parameter at the same time is replaced. */
export const scheduleAutomation: EditHandler<'SCHEDULE_AUTOMATION'> = (edit, command) => {
  const { target, param_path, time, value } = command;
  if (!hasParameters(edit, target)) throw new AtomeError('ERR_NOT_FOUND', `target: no object or node ${target}`);
  const timeline = timelineOrActive(edit, command.timeline_id);
  const event = { time_offset: time, type: 'widgetChange' as const, payload: { target, param_path, value } };
  const clip = automationOf(edit, timeline);
  if (!clip) {
    edit.created.push(createAutomation(edit, timeline, [event], longEnough(time)));
    return;
  }
  const others = clip.events.filter(
    ({ time_offset, payload }) =>
      time_offset !== time || payload.target !== target || payload.param_path !== param_path,
  );
  if (others.length === mostActionEvents)
    throw refused(`time: an action clip holds ${mostActionEvents} events at most`);
  const index = others.findLastIndex(({ time_offset }) => time_offset <= time) + 1;
  const events = others.toSpliced(index, 0, event);
  edit.setParsed(clip, { events, duration: Math.max(clip.duration, longEnough(time)) });
};

/** Objects have parameters, and so has what sound is routed through. */
function hasParameters(edit: Edit, target: string): boolean {
  if (edit.objects.get(target)) return true;
  for (const { nodes } of edit.objects.ofKind('RoutingGraphAtome'))
    if (nodes.some(({ id }) => id === target)) return true;
  return false;
}

/** Whole seconds that end behind the time. */
const longEnough = (time: Seconds): Seconds => Math.floor(time) + 1;

function automationOf(edit: Edit, timeline: TimelineAtome): ActionClipAtome | undefined {
  for (const clip of edit.objects.ofTimeline(timeline.id, 'ActionClipAtome')) {
    if (clip.name === automationName && clip.play_position === 0 && clip.repeats === 1) return clip;
  }
  return undefined;
}

const createAutomation = (
  edit: Edit,
  timeline: TimelineAtome,
  events: ActionClipAtome['events'],
  duration: number,
): string =>
  edit.create('ActionClipAtome', {
    project_id: timeline.project_id,
    timeline_id: timeline.id,
    name: automationName,
    color: 0,
    play_position: 0,
    duration,
    events,
    group_id: null,
    muted: false,
    repeats: 1,
  });
