// Commands that edit nothing, or not by themselves: the transport, scripts, questions.
import { AtomeError } from '../protocol/errors.ts';
import type { AppState, Cue } from '../protocol/state.ts';
import { carryOut, labelOf } from './edit-commands.ts';
import type { Ledger } from './ledger.ts';
import type { ParsedLive } from './parse.ts';
import { markerSetOf } from './play-asset.ts';
import type { Transport } from './transport.ts';

type LiveCommandOf<Name extends ParsedLive['cmd']> = Extract<ParsedLive, { cmd: Name }>;
export type LiveCommand = Exclude<ParsedLive, { cmd: 'UNDO' | 'REDO' | 'CANCEL_GESTURE' }>;
export type ScriptCommand = LiveCommandOf<'RUN_SCRIPT' | 'CHECK_SCRIPT'>;

export interface LiveSources {
  readonly state: () => AppState;
  readonly masterFrame: () => number;
  /** Tells what pages and scripts are to do. */
  readonly cue: (cue: Cue) => void;
  readonly metrics?: () => unknown;
  readonly scripts?: (script: ScriptCommand, id: string | undefined) => Promise<unknown>;
  readonly mode?: AppState['meta']['mode'];
}

export class LiveCommands {
  readonly #ledger: Ledger;
  readonly #transport: Transport;
  readonly #sources: LiveSources;

  constructor(ledger: Ledger, transport: Transport, sources: LiveSources) {
    this.#ledger = ledger;
    this.#transport = transport;
    this.#sources = sources;
  }

  /** @param id of the request. @throws AtomeError; what takes a while rejects with one */
  answer(command: LiveCommand, id: string | undefined): Promise<void> | unknown {
    switch (command.cmd) {
      case 'TIMELINE_PLAY':
        return this.#transport.play(command);
      case 'TIMELINE_STOP':
        return this.#transport.stop(command);
      case 'TIMELINE_SEEK':
        return this.#transport.seek(command);
      case 'TIMELINE_SCRUB':
        return this.#transport.scrub(command);
      case 'TIMELINE_GET_STATE':
        return this.#transport.report(command);
      case 'PLAY_MARKER_SEGMENT':
        return this.#transport.playSegment(command);
      case 'PLAY_ASSET_AS_TIMELINE':
        return this.#playAsset(command);
      case 'TRIGGER_ACTION_CLIP':
        return this.#triggerActionClip(command);
      case 'SET_MASTER_GAIN':
        return this.#transport.setMasterGain(command);
      case 'SET_METRONOME':
        return this.#transport.setMetronome(command);
      case 'PANIC':
        return this.#transport.panic();
      case 'RUN_SCRIPT':
      case 'CHECK_SCRIPT':
        return this.#runScript(command, id);
      case 'GET_FULL_STATE':
        return this.#sources.state();
      case 'GET_METRICS_HISTORY':
        return this.#sources.metrics?.() ?? [];
      case 'START_RECORD':
      case 'STOP_RECORD':
      case 'COMMIT':
      case 'TRIGGER_SLOT':
      case 'MUTE_SLOT':
      case 'SET_VOL':
      case 'SET_PAN':
      case 'CLEAR_SLOT':
      case 'OVERDUB_SLOT':
      case 'REPLACE_SLOT':
      case 'MULTIPLY_SLOT':
      case 'MERGE_SLOTS':
      case 'SET_SLOT':
      case 'LOAD_PLUGIN':
        throw new AtomeError('ERR_NOT_CAPTURING', command.cmd);
    }
    // Every command there is has its case.
    return command satisfies never;
  }

  /** On its own timeline, from its start unless told otherwise; the answer names the timeline. */
  async #playAsset(command: LiveCommandOf<'PLAY_ASSET_AS_TIMELINE'>): Promise<unknown> {
    const known = markerSetOf(this.#ledger.objects, command);
    const add = { cmd: 'ADD_AUDIO_REF_TIMELINE', audio_file_id: command.audio_file_id } as const;
    const created = known ? [] : this.#ledger.perform(labelOf([add]), (edit) => carryOut(edit, add)).created;
    const [marker_set_id, timeline_id = ''] = known ? [known.id, known.timeline_id] : created;
    await this.#transport.play({ cmd: 'TIMELINE_PLAY', timeline_id, start: command.start ?? 0 });
    return { timeline_id, marker_set_id };
  }

  #triggerActionClip({ clip_id }: LiveCommandOf<'TRIGGER_ACTION_CLIP'>): void {
    const clip = this.#ledger.objects.get(clip_id);
    if (clip?.kind !== 'ActionClipAtome')
      throw new AtomeError('ERR_NOT_FOUND', `clip_id: no ActionClipAtome ${clip_id}`);
    const atFrame = this.#sources.masterFrame();
    this.#sources.cue({ id: clip.id, timelineId: clip.timeline_id, atFrame });
  }

  #runScript(command: ScriptCommand, id: string | undefined): Promise<unknown> {
    const { scripts, mode } = this.#sources;
    if (!scripts || mode === 'SAFE_MODE') throw new AtomeError('ERR_SCRIPT', 'scripts cannot run here');
    return scripts(command, id);
  }
}
