// Events that show, hide, set and move what is on the page, and the panel of widgets.
import type { Page } from '@playwright/test';
import type { CommandOf } from '../app/protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';

const panel = (page: Page) => page.getByRole('region', { name: 'Widgets' });

/** A timeline in seconds with these events, played from its start. */
async function play(
  studio: Studio,
  events: readonly Omit<CommandOf<'ADD_EVENT'>, 'cmd' | 'timeline_id'>[],
): Promise<string> {
  const { timeline } = await studio.arrange([]);
  for (const event of events) await studio.run({ cmd: 'ADD_EVENT', timeline_id: timeline, ...event });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  return timeline;
}

const widgetOf = async (studio: Studio, id: string) => {
  const object = (await studio.state()).objects[id];
  return object?.kind === 'WidgetAtome' ? object : undefined;
};

interface Values {
  readonly shown: number[];
  /** What the session holds when the page shows something between 0 and 1. */
  stored?: Promise<readonly number[] | undefined>;
}

/** Every value that a slider of the page shows from now on. */
const everyValueOf = (studio: Studio, name: string, widgetId: string) =>
  studio.atome.evaluateHandle(
    (atome, [label, id]) => {
      const values: Values = { shown: [] };
      const storedValue = async () => {
        const widget = (await atome.session.getState()).objects[id];
        return widget?.kind === 'WidgetAtome' ? widget.value : undefined;
      };
      const look = (): void => {
        const value = Number(document.querySelector(`[aria-label="${label}"]`)?.getAttribute('aria-valuenow'));
        if (value === values.shown.at(-1)) return;
        values.shown.push(value);
        if (value > 0 && value < 1) values.stored ??= storedValue();
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
      return values;
    },
    [name, widgetId] as const,
  );

test('panels are shown and hidden when the playhead comes to their events', async ({ page }) => {
  const studio = await Studio.open(page);
  await expect(page.getByRole('tab', { name: 'Files' })).toHaveAttribute('aria-selected', 'true');
  await play(studio, [
    { time: 0.2, type: 'ui_show', payload: { panel: 'history' } },
    { time: 0.3, type: 'ui_show', payload: { panel: 'widgets' } },
    { time: 0.4, type: 'ui_hide', payload: { panel: 'inspector' } },
  ]);
  await expect(panel(page)).toBeVisible();
  await expect(page.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: 'Inspector' })).toHaveAttribute('aria-pressed', 'false');
  await play(studio, [{ time: 0.2, type: 'ui_hide', payload: { panel: 'widgets' } }]);
  await expect(panel(page)).toBeHidden();
});

test('widgets are set, named, hidden and moved; nothing of it is a step of the history', async ({ page }) => {
  const studio = await Studio.open(page);
  const [slider = ''] = await studio.run({ cmd: 'ADD_WIDGET', type: 'slider', name: 'Depth' });
  const [pad = ''] = await studio.run({ cmd: 'ADD_WIDGET', type: 'xy', name: 'Pad', value: [0, 1] });
  const across = await everyValueOf(studio, 'Pad, across', pad);
  const timeline = await play(studio, [
    { time: 0, type: 'ui_show', payload: { panel: 'widgets' } },
    { time: 0.1, type: 'ui_show', payload: { panel: 'widgets' } },
    { time: 0.3, type: 'ui_set', target_atome_id: slider, payload: { value: 0.25, text: 'Width' } },
    { time: 0.4, type: 'ui_animate', target_atome_id: pad, payload: { from: [0, 1], to: [1, 0], seconds: 4 } },
  ]);
  const { undoDepth } = (await studio.state()).history;
  const width = panel(page).getByRole('slider', { name: 'Width' });
  await expect(width).toHaveAttribute('aria-valuenow', '0.25');
  expect(await widgetOf(studio, slider)).toMatchObject({ value: [0.25], name: 'Width' });

  // On its way: the session has the end of it already, the page shows what is between.
  await expect.poll(() => across.evaluate(({ shown }) => shown.at(-1))).toBe(1);
  const { shown, stored } = await across.evaluate(async ({ shown, stored }) => ({ shown, stored: await stored }));
  const between = shown.filter((value) => value > 0 && value < 1);
  expect(new Set(between).size).toBeGreaterThan(1);
  expect(between).toEqual(between.toSorted((one, other) => one - other));
  expect(stored).toEqual([1, 0]);
  await expect(panel(page).getByRole('slider', { name: 'Pad, up' })).toHaveAttribute('aria-valuenow', '0');

  await studio.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  await play(studio, [{ time: 0.2, type: 'ui_hide', target_atome_id: slider }]);
  await expect(width).toBeHidden();
  await panel(page).getByRole('button', { name: 'Show 1 hidden ones' }).click();
  await expect(width).toBeVisible();
  const steps = (await studio.state()).history.undoDepth - undoDepth;
  // A timeline, an event and the press of the button.
  expect(steps).toBe(3);
});

test('an event that sets the routing does so when it is reached', async ({ page }) => {
  const studio = await Studio.open(page);
  const bus = { id: 'bus', type: 'bus', name: 'Bus', params: {} };
  await play(studio, [
    { time: 0.1, type: 'routing_set', payload: { graph: { nodes: [bus], connections: [] } } },
    { time: 0.3, type: 'routing_update', payload: { delta: { nodes: [{ ...bus, id: 'second' }] } } },
  ]);
  const nodes = async () => {
    const { objects } = await studio.state();
    const graph = Object.values(objects).find((object) => object.kind === 'RoutingGraphAtome');
    return graph?.nodes.map(({ id }) => id);
  };
  await expect.poll(nodes).toEqual(['bus', 'second']);
});

test('widgets are added, played, named and removed in their panel, by keys too', async ({ page, expectAccessible }) => {
  const studio = await Studio.open(page);
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox').fill('Show the widgets');
  await page.keyboard.press('Enter');
  for (const name of ['Slider', 'Button', 'Toggle', 'XY pad']) {
    await panel(page)
      .getByRole('button', { name: `+ ${name}` })
      .click();
  }
  const items = panel(page).getByRole('listitem');
  await expect(items).toHaveCount(4);
  await expectAccessible();
  const valuesOf = async (type: string) => {
    const { objects } = await studio.state();
    return Object.values(objects).flatMap((object) =>
      object.kind === 'WidgetAtome' && object.type === type ? [object.value] : [],
    );
  };
  await panel(page).getByRole('slider', { name: 'Slider' }).focus();
  await page.keyboard.press('End');
  await expect.poll(() => valuesOf('slider')).toEqual([[1]]);
  const toggle = panel(page).getByRole('switch', { name: 'Toggle' });
  await toggle.focus();
  await page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-checked', 'true');
  const button = panel(page).getByRole('button', { name: 'Button', exact: true });
  await button.focus();
  await page.keyboard.down('Enter');
  await expect.poll(() => valuesOf('button')).toEqual([[1]]);
  await page.keyboard.up('Enter');
  await expect.poll(() => valuesOf('button')).toEqual([[0]]);
  const pad = panel(page).locator('.xy-pad');
  const box = await pad.boundingBox();
  await pad.click({ position: { x: (box?.width ?? 0) * 0.25, y: (box?.height ?? 0) * 0.25 } });
  await expect
    .poll(async () => (await valuesOf('xy'))[0]?.map((value) => Math.round(value * 20) / 20))
    .toEqual([0.25, 0.75]);
  await items.first().getByRole('button', { name: 'Remove the widget “Slider”' }).click();
  await expect(items).toHaveCount(3);

  const place = () => panel(page).boundingBox();
  const before = await place();
  await panel(page).getByRole('button', { name: 'Move the panel “Widgets”' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await place())?.x).toBe((before?.x ?? 0) - 16);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
});
