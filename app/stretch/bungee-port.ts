// The page's line to the audio thread's sounds and stretchers: what is made there is made ahead, what has ended is asked for.
import type { FromSounds, StretcherShape, ToSounds } from './bungee-messages.ts';

/** How often the audio thread is asked which sources have ended, while any plays. */
const collectMilliseconds = 100;
/** As many sources as play can be replaced at once, up to so many. */
const mostSpares = 16;

/** The stretchers of one shape, as the page knows them. */
interface Stock {
  readonly shape: StretcherShape;
  /** Made and used by nobody. */
  ready: number;
  used: number;
  /** How many should be ready. */
  wanted: number;
  filling: Promise<void> | undefined;
}

interface Source {
  readonly stock: Stock;
  onEnded?: () => void;
}

export class BungeePort {
  readonly #port: MessagePort;
  readonly #isClosed: () => boolean;
  readonly #adding = new Map<number, () => void>();
  /** In the order in which stretchers were asked for. */
  readonly #preparing: ((made: boolean) => void)[] = [];
  readonly #stocks = new Map<string, Stock>();
  readonly #sources = new Map<number, Source>();
  #sounds = 0;
  #made = 0;
  #watching: ReturnType<typeof setInterval> | undefined;
  #asked = false;

  /** @param port of the processor that has said it is ready. @param isClosed whether nobody will answer any more */
  constructor(port: MessagePort, isClosed: () => boolean) {
    this.#port = port;
    this.#isClosed = isClosed;
    port.onmessage = ({ data }: MessageEvent<FromSounds>) => this.#hear(data);
  }

  /** Hands samples over; resolves to what names them there. */
  add(channels: readonly Float32Array<ArrayBuffer>[], sampleRate: number): Promise<number> {
    const id = ++this.#sounds;
    this.#tell(
      { type: 'add', id, channels, sampleRate },
      channels.map(({ buffer }) => buffer),
    );
    return new Promise((resolve) => this.#adding.set(id, () => resolve(id)));
  }

  remove(id: number): void {
    this.#tell({ type: 'remove', id });
  }

  /** Resolves when so many stretchers are ready, or when there is no memory for more. */
  prepare(shape: StretcherShape, count: number): Promise<void> {
    const stock = this.#stockOf(shape);
    if (stock.filling === undefined && stock.ready >= count) return Promise.resolve();
    stock.wanted = Math.max(stock.wanted, count);
    stock.filling ??= this.#fill(stock);
    return stock.filling;
  }

  /** A source is about to be made: takes a stretcher for it and has another one made. Returns what names the source. */
  take(shape: StretcherShape): number {
    const stock = this.#stockOf(shape);
    stock.ready = Math.max(0, stock.ready - 1);
    stock.used++;
    const id = ++this.#made;
    this.#sources.set(id, { stock });
    void this.prepare(shape, Math.min(stock.used, mostSpares));
    return id;
  }

  /** Tells when a source has ended that has been started. */
  watch(id: number, onEnded: () => void): void {
    const source = this.#sources.get(id);
    if (source) source.onEnded = onEnded;
    this.#watching ??= setInterval(() => this.#collect(), collectMilliseconds);
  }

  /** One after the other, so that the audio thread's callbacks come in between. */
  async #fill(stock: Stock): Promise<void> {
    while (await this.#make(stock.shape)) {
      stock.ready++;
      if (stock.ready >= stock.wanted) break;
    }
    stock.wanted = 0;
    stock.filling = undefined;
  }

  /** Whether there was memory for it. */
  #make(shape: StretcherShape): Promise<boolean> {
    this.#tell({ type: 'prepare', shape });
    return new Promise((resolve) => this.#preparing.push(resolve));
  }

  #collect(): void {
    if (this.#asked) {
      if (this.#isClosed()) clearInterval(this.#watching);
      return;
    }
    this.#asked = true;
    this.#tell({ type: 'collect' });
  }

  #hear(message: FromSounds): void {
    if (message.type === 'added') {
      this.#adding.get(message.id)?.();
      this.#adding.delete(message.id);
    } else if (message.type === 'prepared') this.#preparing.shift()?.(message.made);
    else if (message.type === 'collected') {
      this.#asked = false;
      for (const id of message.ended) this.#end(id);
    }
  }

  #end(id: number): void {
    const source = this.#sources.get(id);
    if (!source) return;
    this.#sources.delete(id);
    source.stock.used--;
    source.stock.ready++;
    source.onEnded?.();
    if ([...this.#sources.values()].some(({ onEnded }) => onEnded)) return;
    clearInterval(this.#watching);
    this.#watching = undefined;
  }

  #stockOf(shape: StretcherShape): Stock {
    const key = `${shape.channels}/${shape.sampleRate}`;
    const known = this.#stocks.get(key);
    if (known) return known;
    const stock: Stock = { shape, ready: 0, used: 0, wanted: 0, filling: undefined };
    this.#stocks.set(key, stock);
    return stock;
  }

  #tell(message: ToSounds, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}
