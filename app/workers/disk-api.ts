// What the session worker and the disk worker say to each other.
import type { PagerMessage } from '../engine/control.ts';
import type { DiskMessage } from '../engine/disk-files.ts';
import type { EngineAddresses } from '../engine/feature-frames.ts';
import type { PagerScratch } from '../engine/pager.ts';

/** The first message; from then on the worker pages audio until `stop`. */
export interface DiskStart {
  readonly type: 'start';
  readonly module: WebAssembly.Module;
  readonly addresses: EngineAddresses;
  /** Top of the disk instance's stack (EngineControl.createStack). */
  readonly stack: number;
  readonly scratch: PagerScratch;
  readonly userId: string;
}

export type DiskRequest = DiskStart | PagerMessage | { readonly type: 'stop' };

/** `alive`: from now on the worker holds this lock; `stopped`: the disk instance touches the engine's memory no more. */
export type DiskAnswer =
  | DiskMessage
  | { readonly type: 'alive'; readonly lock: string }
  | { readonly type: 'ready' }
  | { readonly type: 'stopped' };
