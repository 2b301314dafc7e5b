// A JavaScript interpreter in WebAssembly for one script: no network, no clock to wait by, no page; time and memory are bounded.
import releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { AtomeError } from '../protocol/errors.ts';

export interface SandboxLimits {
  /** Milliseconds. */
  readonly time: number;
  /** MiB of all that the interpreter holds; 16 at least. */
  readonly memory: number;
}

/** A global function of the script: takes and returns JSON values, `undefined` for what is none. */
export type SandboxFunction = (...values: unknown[]) => unknown;

/** WebAssembly pages in a MiB. */
const pages = 16;
const pageBytes = 65_536;
/** MiB that the interpreter's memory begins with; it cannot be given less. */
const leastMemory = 16;
/** Bytes kept back, so that running out of memory can still be put into words. */
const reserveBytes = 256 * 1024;
/** The interpreter's own stack; its shadow on the browser's is several times as deep. */
const stackBytes = 256 * 1024;
/** UTF-16 code units of one JSON value on its way in or out. */
const longestText = 4 * 1_048_576;
/** Milliseconds that describing a failure may take on top of the limit. */
const graceMilliseconds = 100;
const fileName = 'script';

/** Kept from before the script, which may replace them. */
interface Tools {
  readonly stringify: QuickJSHandle;
  readonly parse: QuickJSHandle;
  readonly describe: QuickJSHandle;
}

/** A failure in words, whatever was thrown. */
const describing = `((text, stringify) => (thrown) => {
  const isObject = typeof thrown === 'object' && thrown !== null;
  if (!isObject) return stringify({ name: '', message: text(thrown), stack: '' });
  return stringify({ name: text(thrown.name), message: text(thrown.message), stack: text(thrown.stack) });
})(String, JSON.stringify)`;

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

const outOfMemory: readonly string[] = ['out of memory', 'stack overflow', 'string too long'];

const lineIn = (stack: string): string | undefined => new RegExp(`${fileName}:(\\d+)`).exec(stack)?.[1];

/**
 * One script's own instance: what it leaves behind goes with it. Nothing inside is freed one by one, because freeing what a
 * script has nested deep enough overflows the stack.
 */
export class Sandbox {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #limits: SandboxLimits;
  readonly #tools: Tools;
  readonly #reserve: QuickJSHandle;
  /** Whether the memory has grown about as far as it may; it grows in steps. */
  readonly #isNearlyFull: () => boolean;
  #deadline = Number.POSITIVE_INFINITY;
  #isOverTime = false;
  #isExhausted = false;

  /** @param wasmModule the interpreter, compiled. */
  static async create(wasmModule: WebAssembly.Module, limits: SandboxLimits): Promise<Sandbox> {
    // The interpreter's own limit counts allocations and not their bytes under WebAssembly; a memory that cannot grow holds.
    const maximum = Math.ceil(Math.max(leastMemory, limits.memory) * pages);
    const wasmMemory = new WebAssembly.Memory({ initial: leastMemory * pages, maximum });
    const interpreter = await newQuickJSWASMModuleFromVariant(newVariant(releaseSync, { wasmModule, wasmMemory }));
    const isNearlyFull = (): boolean => wasmMemory.buffer.byteLength > 0.9 * maximum * pageBytes;
    return new Sandbox(interpreter.newRuntime(), limits, isNearlyFull);
  }

  private constructor(runtime: QuickJSRuntime, limits: SandboxLimits, isNearlyFull: () => boolean) {
    this.#runtime = runtime;
    this.#limits = limits;
    this.#isNearlyFull = isNearlyFull;
    runtime.setMaxStackSize(stackBytes);
    runtime.setInterruptHandler(() => this.#mustEnd());
    this.#context = runtime.newContext();
    const tool = (code: string): QuickJSHandle => this.#context.unwrapResult(this.#context.evalCode(code));
    this.#reserve = this.#context.newArrayBuffer(new ArrayBuffer(reserveBytes));
    this.#tools = { stringify: tool('JSON.stringify'), parse: tool('JSON.parse'), describe: tool(describing) };
  }

  setValue(name: string, value: unknown): void {
    const handle = this.#inward(value);
    if ('error' in handle) throw new AtomeError('ERR_SCRIPT_MEMORY', name);
    this.#context.setProp(this.#context.global, name, handle.value);
    handle.value.dispose();
  }

  setFunction(name: string, work: SandboxFunction): void {
    const call = (...handles: QuickJSHandle[]) => {
      try {
        if (this.#mustEnd()) return { error: this.#context.newError('the script has ended') };
        const values: unknown[] = [];
        for (const handle of handles) {
          const text = this.#textOf(handle);
          if (typeof text === 'object') return text;
          values.push(text === undefined ? undefined : JSON.parse(text));
        }
        return this.#inward(work(...values));
      } catch (thrown) {
        // The browser's stack or memory has run out below the interpreter, whose inside is not to be relied on any more.
        this.#isExhausted = true;
        throw thrown;
      }
    };
    const handle = this.#context.newFunction(name, call);
    this.#context.setProp(this.#context.global, name, handle);
    handle.dispose();
  }

  /**
   * Runs a script: a program, whose value is that of its last statement, or the body of an async function, which may
   * `return` and `await`. What it answers is a JSON value, or undefined.
   *
   * @throws AtomeError ERR_SCRIPT, ERR_SCRIPT_TIME, ERR_SCRIPT_MEMORY
   */
  run(source: string): unknown {
    this.#deadline = performance.now() + this.#limits.time;
    try {
      const text = this.#settled(this.#evaluated(source));
      this.#assertWithin();
      return text === undefined ? undefined : JSON.parse(text);
    } catch (thrown) {
      this.#assertWithin();
      if (thrown instanceof AtomeError) throw thrown;
      throw new AtomeError('ERR_SCRIPT_MEMORY');
    }
  }

  /**
   * Compiles a script as `run` would and runs nothing of it.
   *
   * @throws AtomeError ERR_SCRIPT_SYNTAX with the line, ERR_SCRIPT_TIME, ERR_SCRIPT_MEMORY
   */
  check(source: string): void {
    this.#deadline = performance.now() + this.#limits.time;
    try {
      const { wrong } = this.#compiled(source);
      if (wrong) throw this.#failure(wrong, 'ERR_SCRIPT_SYNTAX');
      this.#assertWithin();
    } catch (thrown) {
      this.#assertWithin();
      if (thrown instanceof AtomeError) throw thrown;
      throw new AtomeError('ERR_SCRIPT_MEMORY');
    }
  }

  #evaluated(source: string): QuickJSHandle {
    const { code, wrong } = this.#compiled(source);
    if (wrong) throw this.#failure(wrong);
    const result = this.#context.evalCode(code, fileName);
    if (result.error) throw this.#failure(result.error);
    return result.value;
  }

  /** A program, or the body of an async function; or why it is neither. */
  #compiled(source: string): { readonly code: string; readonly wrong?: QuickJSHandle } {
    const asProgram = this.#wrongWith(source);
    if (!asProgram) return { code: source };
    const code = `(async () => {${source}\n})()`;
    const asBody = this.#wrongWith(code);
    return asBody ? { code, wrong: this.#isMeantAsBody(source, asProgram, asBody) ? asBody : asProgram } : { code };
  }

  /** Whether `return` or `await` is all that keeps it from being a program, up to what is wrong with the body. */
  #isMeantAsBody(source: string, asProgram: QuickJSHandle, asBody: QuickJSHandle): boolean {
    const lines = source.split('\n');
    const [line = 0, lineOfBody = 0] = [this.#lineOf(asProgram), this.#lineOf(asBody)];
    return /\b(return|await)\b/.test(lines[line - 1] ?? '') && lineOfBody <= lines.length;
  }

  #lineOf(error: QuickJSHandle): number | undefined {
    if (this.#context.typeof(error) !== 'object') return undefined;
    const line = lineIn(this.#context.getString(this.#context.getProp(error, 'stack')));
    return line === undefined ? undefined : Number(line);
  }

  /** Why the code does not compile. */
  #wrongWith(code: string): QuickJSHandle | undefined {
    const result = this.#context.evalCode(code, fileName, { type: 'global', compileOnly: true });
    return result.error;
  }

  /** The JSON of what it came to; of a promise, of what it has been resolved with. */
  #settled(handle: QuickJSHandle): string | undefined {
    while (this.#runtime.hasPendingJob()) {
      const done = this.#runtime.executePendingJobs();
      if (done.error) throw this.#failure(done.error);
    }
    const state = this.#context.getPromiseState(handle);
    if (state.type === 'pending') throw new AtomeError('ERR_SCRIPT', 'its promise is never resolved');
    if (state.type === 'rejected') throw this.#failure(state.error);
    const text = this.#textOf(state.value);
    if (typeof text === 'object') throw this.#failure(text.error);
    return text;
  }

  /** A value of the script as JSON; undefined for functions and the like. */
  #textOf(value: QuickJSHandle): string | undefined | { readonly error: QuickJSHandle } {
    const { stringify } = this.#tools;
    const result = this.#context.callFunction(stringify, this.#context.undefined, value);
    if (result.error) return { error: result.error };
    const text = result.value;
    if (this.#context.typeof(text) !== 'string') return undefined;
    if (this.#lengthOf(text) > longestText) return { error: this.#context.newError('the value is too long') };
    const copied = this.#context.getString(text);
    text.dispose();
    return copied;
  }

  #lengthOf(text: QuickJSHandle): number {
    const length = this.#context.getProp(text, 'length');
    return this.#context.getNumber(length);
  }

  /** A value of ours in the script's world. */
  #inward(value: unknown): { readonly value: QuickJSHandle } | { readonly error: QuickJSHandle } {
    if (value === undefined) return { value: this.#context.undefined };
    const text = this.#context.newString(JSON.stringify(value));
    const result = this.#context.callFunction(this.#tools.parse, this.#context.undefined, text);
    text.dispose();
    return result.error ? { error: result.error } : { value: result.value };
  }

  /** @param name of the error, where it is not about time or memory */
  #failure(thrown: QuickJSHandle, name: 'ERR_SCRIPT' | 'ERR_SCRIPT_SYNTAX' = 'ERR_SCRIPT'): AtomeError {
    this.#assertWithin();
    // What is thrown for want of memory to make an error.
    const isNull = this.#context.sameValue(thrown, this.#context.null);
    if (isNull && this.#isNearlyFull()) return new AtomeError('ERR_SCRIPT_MEMORY');
    this.#deadline = Math.max(this.#deadline, performance.now() + graceMilliseconds);
    if (this.#reserve.alive) this.#reserve.dispose();
    const result = this.#context.callFunction(this.#tools.describe, this.#context.undefined, thrown);
    this.#assertWithin();
    if (result.error || this.#lengthOf(result.value) > longestText) return new AtomeError('ERR_SCRIPT');
    const { name: kind, message, stack }: Failure = JSON.parse(this.#context.getString(result.value));
    if (kind === 'InternalError' && outOfMemory.includes(message)) return new AtomeError('ERR_SCRIPT_MEMORY', message);
    const line = lineIn(stack);
    const what = [kind, message].filter((part) => part !== '').join(': ');
    return new AtomeError(name, `${line ? `line ${line}: ` : ''}${what.slice(0, 500)}`);
  }

  #mustEnd(): boolean {
    if (performance.now() > this.#deadline) this.#isOverTime = true;
    return this.#isOverTime || this.#isExhausted;
  }

  /** @throws AtomeError for what has ended the script from outside, whatever it looked like from inside. */
  #assertWithin(): void {
    if (this.#isExhausted) throw new AtomeError('ERR_SCRIPT_MEMORY');
    if (this.#mustEnd()) throw new AtomeError('ERR_SCRIPT_TIME', `${this.#limits.time} ms`);
  }
}
