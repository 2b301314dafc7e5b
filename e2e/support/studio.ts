// The page in a test's hands: commands, state, files and the sound itself, through `window.atome`.
import { expect, type JSHandle, type Page } from '@playwright/test';
import type { EngineStatus, RenderOptions } from '../../app/engine/audio-engine.ts';
import type { Atome } from '../../app/page/scripting.ts';
import type { Command } from '../../app/protocol/commands.ts';
import type { AudioClipAtome, AudioFileAtome } from '../../app/protocol/kinds.ts';
import type { AppState, CommandReply } from '../../app/protocol/state.ts';
import { asText, type FileOfTest } from './files.ts';
import { floatsOf, type Recording, type Sound } from './sound.ts';

export class Studio {
  readonly page: Page;
  /** `window.atome` of the page as it is loaded now. */
  readonly atome: JSHandle<Atome>;
  /** The newest revision that the views have got. */
  readonly #shown: JSHandle<{ revision: number }>;

  private constructor(page: Page, atome: JSHandle<Atome>, shown: JSHandle<{ revision: number }>) {
    this.page = page;
    this.atome = atome;
    this.#shown = shown;
  }

  static async open(page: Page, address = './'): Promise<Studio> {
    await page.goto(address);
    return Studio.of(page);
  }

  /** Of a page that is under way already; resolves when it can be used. */
  static async of(page: Page): Promise<Studio> {
    await page.waitForFunction(() => window.atome !== undefined);
    const atome = await page.evaluateHandle(async () => {
      await window.atome?.ready;
      return window.atome as Atome;
    });
    const shown = await atome.evaluateHandle(async ({ session }) => {
      const newest = { revision: 0 };
      session.subscribe(({ revId }) => {
        newest.revision = revId;
      });
      newest.revision = Math.max(newest.revision, (await session.getState()).meta.revisionId);
      return newest;
    });
    return new Studio(page, atome, shown);
  }

  async reload(): Promise<Studio> {
    await this.page.reload();
    return Studio.of(this.page);
  }

  dispatch(command: Command): Promise<CommandReply> {
    return this.atome.evaluate((atome, sent) => atome.session.dispatch(sent), command);
  }

  /** Dispatches what must succeed. @returns the ids of what it made. */
  async run(command: Command): Promise<readonly string[]> {
    const reply = await this.dispatch(command);
    expect(reply).toMatchObject({ ok: true });
    return reply.ok ? (reply.created ?? []) : [];
  }

  state(): Promise<AppState> {
    return this.atome.evaluate((atome) => atome.session.getState());
  }

  /** The state when the views show it. */
  async shownState(): Promise<AppState> {
    const state = await this.state();
    await expect
      .poll(() => this.#shown.evaluate(({ revision }) => revision))
      .toBeGreaterThanOrEqual(state.meta.revisionId);
    return state;
  }

  async timelineId(): Promise<string> {
    return (await this.state()).activeTimelineId ?? '';
  }

  /** By place on the timeline. */
  async clips(): Promise<AudioClipAtome[]> {
    const { objects } = await this.state();
    return Object.values(objects)
      .filter((object) => object.kind === 'AudioClipAtome')
      .sort((a, b) => a.play_position - b.play_position || (a.id < b.id ? -1 : 1));
  }

  async files(): Promise<AudioFileAtome[]> {
    const { objects } = await this.state();
    return Object.values(objects).filter((object) => object.kind === 'AudioFileAtome');
  }

  async importFile(file: FileOfTest): Promise<AudioFileAtome> {
    return this.atome.evaluate(async (atome, { name, content }) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      return atome.importFile(new File([bytes], name));
    }, asText(file));
  }

  /** An empty timeline in seconds with one clip per file, each at its place. @returns the ids of timeline and clips. */
  async arrange(
    clips: readonly { readonly file: AudioFileAtome; readonly at: number; readonly gain?: number }[],
  ): Promise<{ readonly timeline: string; readonly clips: readonly string[] }> {
    const [timeline = ''] = await this.run({
      cmd: 'CREATE_TIMELINE',
      name: 'Arrangement',
      type: 'audio',
      timebase: 'seconds',
    });
    const made: string[] = [];
    for (const { file, at, gain = 1 } of clips) {
      made.push(
        ...(await this.run({
          cmd: 'ADD_CLIP',
          timeline_id: timeline,
          audio_file_id: file.id,
          play_position: at,
          gain,
        })),
      );
    }
    return { timeline, clips: made };
  }

  /** Starts the sound; nothing is heard before. */
  startSound(): Promise<void> {
    return this.atome.evaluate((atome) => atome.services.audioEngine.init());
  }

  status(): Promise<EngineStatus> {
    return this.atome.evaluate((atome) => atome.services.audioEngine.getState());
  }

  /** Records so many frames of what is heard; `command` follows when the recording has begun. */
  async record(frames: number, command?: Command): Promise<Recording> {
    const recorded = await this.atome.evaluateHandle(
      async (atome, [length, sent]) => {
        const recording = atome.services.audioEngine.recordOutput(length);
        const reply = sent === null ? null : await atome.session.dispatch(sent);
        if (reply?.ok === false) throw new Error(reply.error.msg);
        return recording;
      },
      [frames, command ?? null] as const,
    );
    const startFrame = await recorded.evaluate((recording) => recording.startFrame);
    return { startFrame, channels: await floatsOf(recorded) };
  }

  /** What the timeline sounds like offline. */
  async render(timelineId: string, options: RenderOptions): Promise<Sound> {
    const rendered = await this.atome.evaluateHandle(
      (atome, [id, wanted]) => atome.services.audioEngine.renderTimeline(id, wanted),
      [timelineId, options] as const,
    );
    return floatsOf(rendered);
  }

  /** Resolves when the engine has rendered so many frames more; it must be running. */
  passFrames(frames: number): Promise<void> {
    // In the page: a busy machine would take longer for a question from outside than what is waited for.
    return this.atome.evaluate(async ({ services: { audioEngine } }, count) => {
      const { masterFrame } = await audioEngine.getState();
      while ((await audioEngine.getState()).masterFrame <= masterFrame + count)
        await new Promise(requestAnimationFrame);
    }, frames);
  }
}
