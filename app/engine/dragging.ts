// The playhead that a hand drags: one at a time, heard by the engine until it lets go.
import { engineStatus } from '../protocol/engine-layout.ts';
import type { EngineModel } from './engine-model.ts';
import type { EngineExports } from './engine-module.ts';

interface Dragged {
  readonly timelineId: string;
  /** Where the hand is. */
  readonly frame: number;
}

export class Dragging {
  readonly #exports: EngineExports;
  readonly #model: EngineModel;
  readonly #onStand: (timelineId: string, frame: number) => void;
  #dragged: Dragged | undefined;

  /** @param onStand told where a playhead stands that was let go of. */
  constructor(exports: EngineExports, model: EngineModel, onStand: (timelineId: string, frame: number) => void) {
    this.#exports = exports;
    this.#model = model;
    this.#onStand = onStand;
  }

  /** The hand is at a frame; it lets go of any other timeline. @returns an EngineStatus, of the letting go */
  drag(timelineId: string, frame: number): number {
    const status = this.#dragged?.timelineId === timelineId ? engineStatus.OK : this.letGo();
    this.#dragged = { timelineId, frame };
    this.#exports.atome_audio_scrub(this.#model.timeline(timelineId), frame);
    return status;
  }

  /** The playhead stays where it was led. @param timelineId only of this timeline's. @returns an EngineStatus */
  letGo(timelineId?: string): number {
    const dragged = this.#dragged;
    if (!dragged || (timelineId !== undefined && timelineId !== dragged.timelineId)) return engineStatus.OK;
    this.#dragged = undefined;
    this.#exports.atome_audio_end_scrub();
    const status = this.#exports.atome_audio_seek(this.#model.timeline(dragged.timelineId), dragged.frame, 0);
    if (status === engineStatus.OK) this.#onStand(dragged.timelineId, dragged.frame);
    return status;
  }
}
