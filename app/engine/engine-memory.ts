// Typed access to the engine's shared memory that survives its growth by any thread.
import { engineCounters, type FieldType, type StructLayout } from '../protocol/engine-layout.ts';

type Layout = StructLayout<Readonly<Record<string, FieldType>>>;
export type CounterName = keyof typeof engineCounters.fields;

/** Views of one shared memory; each is made again only when an address lies past the last known end. */
export class EngineMemory {
  readonly memory: WebAssembly.Memory;
  #buffer: ArrayBufferLike;
  #view: DataView<ArrayBufferLike>;
  #words: Int32Array<ArrayBufferLike>;
  #longs: BigInt64Array<ArrayBufferLike>;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.#buffer = memory.buffer;
    this.#view = new DataView(this.#buffer);
    this.#words = new Int32Array(this.#buffer);
    this.#longs = new BigInt64Array(this.#buffer);
  }

  /** The buffer, at least `end` bytes long. */
  buffer(end: number): ArrayBufferLike {
    if (end > this.#buffer.byteLength) {
      // Growing by nothing makes growth by other threads visible at once.
      this.memory.grow(0);
      this.#buffer = this.memory.buffer;
      this.#view = new DataView(this.#buffer);
      this.#words = new Int32Array(this.#buffer);
      this.#longs = new BigInt64Array(this.#buffer);
    }
    return this.#buffer;
  }

  floats(address: number, length: number): Float32Array<ArrayBufferLike> {
    return new Float32Array(this.buffer(address + length * 4), address, length);
  }

  bytes(address: number, length: number): Uint8Array<ArrayBufferLike> {
    return new Uint8Array(this.buffer(address + length), address, length);
  }

  /** 32-bit words for Atomics; index = address / 4. */
  words(address: number): Int32Array<ArrayBufferLike> {
    this.buffer(address + 4);
    return this.#words;
  }

  /** Reads a field of the struct at `address`; 32-bit integers and 64-bit integers atomically. */
  read<L extends Layout>(layout: L, address: number, field: keyof L['fields'] & string): number {
    const at = address + (layout.offsets[field] as number);
    this.buffer(at + 8);
    switch (layout.fields[field] as FieldType) {
      case 'u32':
        return Atomics.load(this.#words, at >> 2) >>> 0;
      case 'i32':
        return Atomics.load(this.#words, at >> 2);
      case 'i64':
        return Number(Atomics.load(this.#longs, at >> 3));
      case 'f32':
        return this.#view.getFloat32(at, true);
      case 'f64':
        return this.#view.getFloat64(at, true);
    }
  }

  /** Writes fields of the struct at `address`. */
  write<L extends Layout>(
    layout: L,
    address: number,
    values: Partial<Record<keyof L['fields'] & string, number>>,
  ): void {
    this.buffer(address + layout.size);
    for (const [field, value] of Object.entries<number | undefined>(values)) {
      if (value === undefined) continue;
      const at = address + (layout.offsets[field] as number);
      switch (layout.fields[field] as FieldType) {
        case 'u32':
        case 'i32':
          Atomics.store(this.#words, at >> 2, value | 0);
          break;
        case 'i64':
          Atomics.store(this.#longs, at >> 3, BigInt(value));
          break;
        case 'f32':
          this.#view.setFloat32(at, value, true);
          break;
        case 'f64':
          this.#view.setFloat64(at, value, true);
          break;
      }
    }
  }
}

/** The EngineCounters of one engine, readable and countable from any thread. */
export class Counters {
  readonly #memory: EngineMemory;
  readonly #address: number;

  constructor(memory: EngineMemory, address: number) {
    this.#memory = memory;
    this.#address = address;
  }

  read(name: CounterName): number {
    return this.#memory.read(engineCounters, this.#address, name);
  }

  /** Adds to a 32-bit counter and wakes whoever waits on it. */
  add(name: CounterName, amount: number): void {
    Atomics.add(this.#memory.words(this.#address), this.index(name), amount);
    Atomics.notify(this.#memory.words(this.#address), this.index(name));
  }

  store(name: CounterName, value: number): void {
    this.#memory.write(engineCounters, this.#address, { [name]: value });
  }

  /** Index of a 32-bit counter in `words`, for Atomics.wait. */
  index(name: CounterName): number {
    return (this.#address + engineCounters.offsets[name]) >> 2;
  }

  words(): Int32Array<ArrayBufferLike> {
    return this.#memory.words(this.#address);
  }
}
