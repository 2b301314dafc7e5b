// What the processors do in the audio thread's callback, and what they leave for between the callbacks.
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstDifference, noise } from '../engine/testing/sounds.ts';
import type { FromSounds, ToSource } from './bungee-messages.ts';
import { processorNames } from './bungee-messages.ts';
import { BungeePort } from './bungee-port.ts';
import { closePorts, processorOf, quantum, rate, setFrame, stretchModule } from './testing/worklet-scope.ts';

const shape = { channels: 1, sampleRate: rate };
const heard: FromSounds[] = [];
let port: BungeePort;
let soundId = 0;

beforeAll(async () => {
  const { page } = processorOf(processorNames.sounds, { module: stretchModule() });
  page.on('message', (message: FromSounds) => heard.push(message));
  port = new BungeePort(page as unknown as MessagePort, () => false);
  soundId = await port.add([noise(4 * rate, 1) as Float32Array<ArrayBuffer>], rate);
});
afterAll(closePorts);

const parameters = (values: Record<string, number>): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Float32Array.of(value)]));

/** A source that plays the sound from its beginning, and what its processor posts. */
async function startedSource(id: number, played = soundId) {
  const { processor, page } = processorOf(processorNames.source, { id, soundId: played, formants: false });
  const posted: unknown[] = [];
  page.on('message', (message) => posted.push(message));
  const start: ToSource = { type: 'start', offset: 0, duration: Number.POSITIVE_INFINITY };
  page.postMessage(start);
  page.postMessage({ type: 'settle', id: 1 } satisfies ToSource);
  await once(page, 'message');
  posted.length = 0;
  return { processor, posted };
}

it('posts nothing in its callback, not even at its end: the page asks, and hears it', async () => {
  const id = port.take(shape);
  const { processor, posted } = await startedSource(id);
  const ended: number[] = [];
  port.watch(id, () => ended.push(id));
  const outputs = [[new Float32Array(quantum)]];
  const held = parameters({ pitch: 0, speed: 64, position: 0 });
  for (let frame = 0; processor.process([], outputs, held); frame += quantum) setFrame(frame);
  await expect.poll(() => ended).toEqual([id]);
  expect(posted).toEqual([]);
});

it('has stretchers made before they are wanted, and takes those of sources that have ended', async () => {
  const wide = { channels: 2, sampleRate: rate };
  const made = (): number => heard.filter(({ type }) => type === 'prepared').length;
  const before = made();
  await port.prepare(wide, 3);
  expect(made() - before).toBe(3);
  await port.prepare(wide, 2);
  expect(made() - before).toBe(3);
  // As many are kept ready as are in use.
  const stereo = await port.add([noise(1000, 1), noise(1000, 2)] as Float32Array<ArrayBuffer>[], rate);
  const taken = [0, 1, 2].map(() => port.take(wide));
  await port.prepare(wide, 0);
  expect(made() - before).toBe(6);
  const playing = await Promise.all(taken.map((id) => startedSource(id, stereo)));
  const ended: number[] = [];
  for (const id of taken) port.watch(id, () => ended.push(id));
  const outputs = [[new Float32Array(quantum), new Float32Array(quantum)]];
  for (const { processor } of playing) {
    const held = parameters({ pitch: 0, speed: 64, position: 0 });
    for (let frame = 0; processor.process([], outputs, held); frame += quantum) setFrame(frame);
  }
  await expect.poll(() => ended.length).toBe(3);
  await port.prepare(wide, 6);
  expect(made() - before).toBe(6);
});

it('plays on and hands over where the browser tells the frame of an earlier quantum', async () => {
  const held = parameters({ pitch: 0, speed: 0.8, position: 0 });
  const quanta = 60;
  /** @param isLate which quanta are told the frame of the one before. @param handedOver frame at which another source goes on */
  const render = async (isLate: (index: number) => boolean, handedOver?: number): Promise<Float32Array> => {
    setFrame(0);
    const options = { id: port.take(shape), soundId, formants: false };
    const made = [processorOf(processorNames.source, options)];
    made[0]?.page.postMessage({ type: 'start', atFrame: 0, offset: 0, duration: Number.POSITIVE_INFINITY });
    if (handedOver !== undefined) {
      made[0]?.page.postMessage({ type: 'stop', atFrame: handedOver });
      const continues = { id: options.id, within: 0 };
      const next = processorOf(processorNames.source, { ...options, id: port.take(shape), continues });
      const offset = (handedOver * 0.8) / rate;
      next.page.postMessage({ type: 'start', atFrame: handedOver, offset, duration: Number.POSITIVE_INFINITY });
      made.push(next);
    }
    for (const { page } of made) {
      page.postMessage({ type: 'settle', id: 1 } satisfies ToSource);
      await once(page, 'message');
    }
    const heard = new Float32Array(quanta * quantum);
    const active = new Set(made.map(({ processor }) => processor));
    for (let index = 0; index < quanta; index++) {
      if (!isLate(index)) setFrame(index * quantum);
      for (const processor of active) {
        const output = new Float32Array(quantum);
        if (!processor.process([], [[output]], held)) active.delete(processor);
        for (const [at, sample] of output.entries())
          heard[index * quantum + at] = (heard[index * quantum + at] ?? 0) + sample;
      }
    }
    return heard;
  };
  const whole = await render(() => false);
  const late = (index: number): boolean => index % 7 > 3;
  expect(firstDifference(await render(late), whole)).toBe(-1);
  for (const frame of [5 * quantum, 5 * quantum + 70, 9 * quantum + 1])
    expect(firstDifference(await render(late, frame), whole)).toBe(-1);
});
