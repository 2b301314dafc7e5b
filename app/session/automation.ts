// What events of a timeline change by themselves: widgets that show, hide and move, and the routing.
import type { EditCommand } from '../protocol/commands.ts';
import { payloadOf } from '../protocol/event-payloads.ts';
import type { TimelineEventAtome, WidgetAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from './types.ts';

/**
 * The edit that an event comes down to; undefined for those that change no object. An animation is one edit, of the value
 * it ends with: the way there is the views'.
 */
export function automationOf(objects: ObjectReader, event: TimelineEventAtome): EditCommand | undefined {
  switch (event.type) {
    case 'ui_show':
    case 'ui_hide':
      return widgetEdit(objects, event, () => ({ visible: event.type === 'ui_show' }));
    case 'ui_set':
      return widgetEdit(objects, event, (widget) => {
        const { value, text } = payloadOf(event, 'ui_set') ?? {};
        return {
          ...(value === undefined ? {} : { value: asValue(widget, value) }),
          ...(text === undefined ? {} : { name: text }),
        };
      });
    case 'ui_animate':
      return widgetEdit(objects, event, (widget) => {
        const to = payloadOf(event, 'ui_animate')?.to;
        return to === undefined ? {} : { value: asValue(widget, to) };
      });
    case 'routing_set': {
      const payload = payloadOf(event, 'routing_set');
      return payload && { cmd: 'SET_ROUTING_GRAPH', graph: payload.graph };
    }
    case 'routing_update': {
      const payload = payloadOf(event, 'routing_update');
      return payload && { cmd: 'UPDATE_ROUTING', delta: payload.delta };
    }
    default:
      return undefined;
  }
}

function widgetEdit(
  objects: ObjectReader,
  { target_atome_id }: TimelineEventAtome,
  propertiesOf: (widget: WidgetAtome) => Readonly<Record<string, unknown>>,
): EditCommand | undefined {
  const widget = target_atome_id === null ? undefined : objects.get(target_atome_id);
  if (widget?.kind !== 'WidgetAtome') return undefined;
  const properties = propertiesOf(widget);
  return Object.keys(properties).length === 0 ? undefined : { cmd: 'SET_OBJECT', id: widget.id, properties };
}

/** As many numbers as the widget has; what is not given stays. */
export const asValue = ({ value }: WidgetAtome, given: number | readonly number[]): number[] => {
  const numbers = typeof given === 'number' ? [given] : given;
  return value.map((current, index) => numbers[index] ?? current);
};
