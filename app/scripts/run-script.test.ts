import { beforeAll, describe, expect, test } from 'vitest';
import { awakeTime } from '../core/awake-time.ts';
import type { Session } from '../session/session.ts';
import { openTestSession, sessionWithClip } from '../session/testing/fixtures.ts';
import { checkScript, prepareScript, type ReadyScript } from './run-script.ts';
import type { ScriptJob, ScriptOutcome } from './script-job.ts';
import { loadInterpreter } from './testing/interpreter.ts';

let interpreter: WebAssembly.Module;

beforeAll(async () => {
  interpreter = await loadInterpreter();
});

/** A limit of time that only an endless script meets, however busy the machine. */
const patient = 60_000;

async function runOn(session: Session, source: string, job: Partial<ScriptJob> = {}): Promise<ScriptOutcome> {
  return (await ready(session, source, job))();
}

function ready(session: Session, source: string, job: Partial<ScriptJob> = {}): Promise<ReadyScript> {
  const limits = { timeLimit: patient, memoryLimit: 32 };
  return prepareScript(interpreter, { source, name: 'Test', args: null, copy: session.copy(), ...limits, ...job });
}

async function run(source: string, job: Partial<ScriptJob> = {}): Promise<ScriptOutcome> {
  return runOn((await openTestSession()).session, source, job);
}

async function resultOf(source: string, job: Partial<ScriptJob> = {}): Promise<unknown> {
  const outcome = await run(source, job);
  if (!outcome.ok) throw new Error(outcome.error.msg);
  return outcome.work.value;
}

async function failureOf(source: string, job: Partial<ScriptJob> = {}): Promise<[name: string, message: string]> {
  const outcome = await run(source, job);
  if (outcome.ok) throw new Error(`it came to ${JSON.stringify(outcome.work.value)}`);
  return [outcome.error.name, outcome.error.msg];
}

describe('a script answers', () => {
  test.each([
    ['1 + 1', 2],
    ['let x = [1, "two", {three: null}]; x', [1, 'two', { three: null }]],
    ['return 5', 5],
    ['const five = await Promise.resolve(5); return five // and no more', 5],
    ['(async () => 7)()', 7],
    ['', undefined],
    ['() => 1', undefined],
    ['({ __proto__: null, constructor: 1 })', { constructor: 1 }],
    ['new Proxy([1, 2], {})', [1, 2]],
    ['Array.prototype.toJSON = () => "mine"; [1]', 'mine'],
  ])('%s', async (source, value) => {
    expect(await resultOf(source)).toEqual(value);
  });

  test('with what it is given', async () => {
    expect(await resultOf('args.bars * 2', { args: { bars: 4 } })).toBe(8);
  });

  test('however long ago it was made ready', async () => {
    const { session } = await openTestSession();
    const run = await ready(session, 'for (let turn = 0; turn < 1000; turn++); "done"', { timeLimit: 2000 });
    await awakeTime(2100).over;
    expect(run()).toMatchObject({ ok: true, work: { value: 'done' } });
  });

  test('with nothing that leaves it: no page, no network, no timers, no modules', async () => {
    const names = ['fetch', 'XMLHttpRequest', 'WebSocket', 'importScripts', 'postMessage', 'self', 'document'];
    const clocks = ['setTimeout', 'setInterval', 'requestAnimationFrame', 'navigator', 'process', 'require', 'std'];
    expect(
      await resultOf(JSON.stringify([...names, ...clocks]).concat('.filter((name) => name in globalThis)')),
    ).toEqual([]);
    expect((await failureOf('await import("https://example.org/x.js")'))[0]).toBe('ERR_SCRIPT');
    expect(await resultOf('(0, eval)("typeof globalThis.process")')).toBe('undefined');
    expect(await resultOf('dispatch.constructor("return typeof self + typeof globalThis.navigator")()')).toBe(
      'undefinedundefined',
    );
  });

  test('with words, up to a bound', async () => {
    const { log } = await run(
      'log("gain", 0.5, {a: [1]}, undefined); for (let i = 0; i < 5000; i++) log("x".repeat(5000))',
    );
    expect(log[0]).toBe('gain 0.5 {"a":[1]} undefined');
    expect(log).toHaveLength(1000);
    expect(Math.max(...log.map((line) => line.length))).toBe(1000);
  });
});

describe('a script fails with its line', () => {
  test.each([
    ['\n\nnull.x', 'line 3: TypeError: cannot read property'],
    ['let a = 1;\nthrow new Error("too loud")', 'line 2: Error: too loud'],
    ['\nfoo(', 'line 2: SyntaxError: '],
    ['\nawait 1;\nthrow new RangeError("late")', 'line 3: RangeError: late'],
    ['throw null', 'null'],
    ['throw {name: "Mine", message: "odd"}', 'Mine: odd'],
    ['new Promise(() => {})', 'never resolved'],
    ['({ get x() { throw new Error("in its result") } })', 'in its result'],
    ['let a = {}; a.a = a; a', 'circular'],
    ['let a = []; for (let i = 0; i < 100; i++) a = [a]; a', 'too deep'],
    ['"x".repeat(5e6)', 'too long'],
    ['dispatch("x".repeat(5e6))', 'too long'],
    ['Error.prototype.toString = null; String = null; JSON.stringify = null; throw new Error("still")', 'still'],
  ])('%s', async (source, words) => {
    const [name, message] = await failureOf(source);
    expect(name).toBe('ERR_SCRIPT');
    expect(message).toContain('“Test”');
    expect(message).toContain(words);
  });

  test('and a program that throws a SyntaxError is not run a second time', async () => {
    const outcome = await run('log("once"); throw new SyntaxError("mine")');
    expect(outcome).toMatchObject({ ok: false, log: ['once'] });
  });
});

describe('a script is looked at without being run', () => {
  const check = (source: string, limits: Partial<ScriptJob> = {}) =>
    checkScript(interpreter, { source, name: 'Test', timeLimit: patient, memoryLimit: 32, ...limits });

  test.each(['', '1 + 1', 'return 5', 'for (;;);', 'await 1', 'null.x', 'dispatch()', 'import("x")'])(
    '%s: nothing is wrong',
    async (source) => {
      expect(await check(source)).toBeUndefined();
    },
  );

  test.each([
    ['\nfoo(', 'line 2: SyntaxError: '],
    ['let bars = 1;\nlet bars = 2', 'line 2: SyntaxError: invalid redefinition'],
    ['a\n}\nb', 'line 2: SyntaxError: '],
    // What is wrong is not what makes it a body.
    ['if (args) return 1;\nlet x = ;\n1', 'line 2: SyntaxError: unexpected token'],
    ['for (const x of [1]) {\n  await x;\n  no good;\n}\n', 'line 3: SyntaxError: '],
    ['return 1 }', 'line 1: SyntaxError: '],
  ])('%s', async (source, words) => {
    const wrong = await check(source);
    expect(wrong).toMatchObject({ name: 'ERR_SCRIPT_SYNTAX', code: 4013 });
    expect(wrong?.msg).toContain('“Test”');
    expect(wrong?.msg).toContain(words);
  });

  test('one that the interpreter cannot hold is told as such', async () => {
    expect(await check('('.repeat(900_000))).toMatchObject({ name: 'ERR_SCRIPT_MEMORY' });
  });

  test('and running it names the same line', async () => {
    const [name, message] = await failureOf('if (args) return 1;\nlet x = ;\n1');
    expect(name).toBe('ERR_SCRIPT');
    expect(message).toContain('line 2: SyntaxError: unexpected token');
  });
});

describe('a script that takes too long is ended', () => {
  test.each([
    'for (;;);',
    'for (;;) try { for (;;); } catch {}',
    'for (;;) dispatch({cmd: "NONE"})',
    'for (;;) try { dispatch({cmd: "PANIC", scope: "ALL"}) } catch {}',
    'for (;;) log("x")',
    'throw new Proxy({}, { get() { for (;;); } })',
    '({ toJSON() { for (;;); } })',
    'const again = () => Promise.resolve().then(again); again()',
    '(async () => { for (;;) await null })()',
    '/(a+)+b/.test("a".repeat(64))',
    'return new Proxy({}, { ownKeys() { for (;;); } })',
  ])('%s', async (source) => {
    const [name, message] = await failureOf(source, { timeLimit: 100 });
    expect([name, message]).toEqual(['ERR_SCRIPT_TIME', expect.stringContaining('100 ms')]);
  });
});

describe('a script that takes too much is ended', () => {
  test.each([
    'const a = []; for (;;) a.push(new ArrayBuffer(1 << 20))',
    'const a = []; for (;;) a.push("x".repeat(1 << 20) + a.length)',
    'globalThis.a = []; for (;;) a.push(new Array(1e5).fill(a.length))',
    'let s = "x"; for (;;) s += s',
    'new Uint8Array(1e9)',
    '(function deeper() { deeper() })()',
    'const deeper = () => JSON.stringify({ toJSON: deeper }); deeper()',
    'eval("(".repeat(1e6))',
    'JSON.parse("[".repeat(4e6))',
    'let o = {}; for (;;) o = { o }',
    'const m = new Map(); for (;;) m.set(m.size, [m.size])',
    'const a = []; for (;;) try { a.push(new ArrayBuffer(1 << 16)) } catch (e) { a.push(e); throw e }',
    'const a = []; for (;;) a.push(state())',
    'let a = []; for (let i = 0; i < 2e5; i++) a = [a]; a',
    'const p = new Proxy({}, { get: (_, key) => p[key] }); p.x',
  ])('%s', async (source) => {
    expect(await failureOf(source)).toEqual(['ERR_SCRIPT_MEMORY', expect.any(String)]);
  });
});

describe('a script on its copy of the session', () => {
  test('sees what it has done, and the session does not', async () => {
    const { session, clipId, timelineId } = await sessionWithClip();
    const before = session.getState();
    const outcome = await runOn(
      session,
      `const [copy] = dispatch({ cmd: 'DUPLICATE_CLIPS', clip_ids: [args.clip] }).created;
       dispatch({ cmd: 'SET_CLIP', clip_id: copy, gain: 0.25 });
       const [timeline] = dispatch({ cmd: 'CREATE_TIMELINE', name: 'Made', type: 'audio', timebase: 'beats' }).created;
       ({ gain: state().objects[copy].gain, playing: state().timelines[timeline].playing, copy })`,
      { args: { clip: clipId } },
    );
    if (!outcome.ok) throw new Error(outcome.error.msg);
    const { value, edits, created } = outcome.work;
    expect(value).toEqual({ gain: 0.25, playing: false, copy: created[0] });
    expect(edits).toHaveLength(3);
    expect(session.getState()).toEqual({ ...before, meta: { ...before.meta, serverTime: expect.any(Number) } });
    expect(session.getState().timelines[timelineId]).toBeDefined();
  });

  test('is told why a command is refused, as anybody would be, and goes on', async () => {
    const value = await resultOf(`[
      dispatch({ cmd: 'SET_CLIP', clip_id: '00000000-0000-4000-8000-000000000000', gain: 1 }),
      dispatch({ cmd: 'SET_TEMPO', bpm: -1 }),
      dispatch({ cmd: 'NONE' }),
      dispatch(),
      dispatch(null),
      dispatch({ cmd: 'UNDO' }),
      dispatch({ cmd: 'RUN_SCRIPT', source: '1' }),
      dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: '00000000-0000-4000-8000-000000000000' }),
    ].map((reply) => reply.ok ? 'ok' : reply.error.name)`);
    expect(value).toEqual([
      'ERR_NOT_FOUND',
      'ERR_BAD_COMMAND',
      'ERR_UNKNOWN_COMMAND',
      'ERR_BAD_COMMAND',
      'ERR_BAD_COMMAND',
      'ERR_REFUSED',
      'ERR_REFUSED',
      'ERR_NOT_FOUND',
    ]);
  });

  test('a refused batch leaves nothing, not even for the rest of the script', async () => {
    const { session, timelineId } = await sessionWithClip();
    const outcome = await runOn(
      session,
      `const marker = { cmd: 'ADD_MARKER', timeline_id: args, time: 1 };
       dispatch({ cmd: 'BATCH', commands: [marker, { cmd: 'REMOVE_OBJECT', id: '00000000-0000-4000-8000-000000000000' }] });
       Object.values(state().objects).filter(({ kind }) => kind === 'TimelineMarkerAtome').length`,
      { args: timelineId },
    );
    expect(outcome).toMatchObject({ ok: true, work: { value: 0, edits: [], ids: [] } });
  });

  test('may send many commands, but not without end', async () => {
    const { session, clipId } = await sessionWithClip();
    const outcome = await runOn(
      session,
      `let taken = 0;
       for (let i = 0; i < 12000; i++) if (dispatch({ cmd: 'SET_CLIP', clip_id: args, gain: i / 12000 }).ok) taken++;
       taken`,
      { args: clipId },
    );
    expect(outcome).toMatchObject({ ok: true, work: { value: 10_000 } });
  });

  test('is not fooled into changing the program: prototypes are the script’s own', async () => {
    const outcome = await run(`
      Object.prototype.polluted = 'yes'; Array.prototype.map = null; JSON.parse = () => ({ ok: 'forged' });
      Object.defineProperty(Object.prototype, 'cmd', { value: 'PANIC' });
      log('{"__proto__": {"polluted": "yes"}}');
      const reply = dispatch(JSON.parse('{}') && { ['__proto__']: { cmd: 'UNDO' } });
      ({ ok: reply.ok, ['__proto__']: { polluted: 'yes' } })`);
    expect(outcome).toMatchObject({ ok: true, work: { value: { ok: false }, edits: [], live: [] } });
    expect('polluted' in {}).toBe(false);
  });
});
