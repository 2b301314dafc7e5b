// Undo and redo, and the steps between them: a press on one goes there.
import Redo from 'lucide-solid/icons/redo-2';
import Undo from 'lucide-solid/icons/undo-2';
import { createResource, For, type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { dateLocale, stepText, text } from '../text.ts';

/** Steps listed to either side of now. */
const listed = 500;

export function HistoryPanel(): JSX.Element {
  const client = useClient();
  const place = () => ({ ...client.state.history });
  const [steps] = createResource(place, () => client.steps(listed));
  /** Of today's steps the hour says enough. */
  const timeText = (milliseconds: number): string => {
    const time = new Date(milliseconds);
    const isToday = time.toDateString() === new Date().toDateString();
    return time.toLocaleString(dateLocale(), { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'short' }) });
  };

  async function goTo(depth: number): Promise<void> {
    const distance = client.state.history.undoDepth - depth;
    for (let step = 0; step < Math.abs(distance); step++) {
      const reply = await client.run({ cmd: distance > 0 ? 'UNDO' : 'REDO' });
      if (!reply.ok) return;
    }
  }

  return (
    <section class="history-panel" aria-label={text('panel.history')}>
      <div class="panel-tools">
        <button
          type="button"
          class="button"
          disabled={client.state.history.undoDepth === 0}
          onClick={() => void client.run({ cmd: 'UNDO' })}
        >
          <Undo size={14} /> {text('edit.undo')}
        </button>
        <button
          type="button"
          class="button"
          disabled={client.state.history.redoDepth === 0}
          onClick={() => void client.run({ cmd: 'REDO' })}
        >
          <Redo size={14} /> {text('edit.redo')}
        </button>
      </div>
      <Show when={(steps.latest?.length ?? 0) > 0} fallback={<p class="panel-empty">{text('history.empty')}</p>}>
        <ol class="history-list">
          <For each={steps.latest}>
            {(step) => (
              <li>
                <button
                  type="button"
                  class="history-step"
                  classList={{ 'history-undone': step.undone }}
                  aria-current={step.depth === client.state.history.undoDepth ? 'step' : undefined}
                  onClick={() => void goTo(step.depth)}
                >
                  <span>{stepText(step.label)}</span>
                  <time class="history-time" datetime={new Date(step.time).toISOString()}>
                    {timeText(step.time)}
                  </time>
                </button>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  );
}
