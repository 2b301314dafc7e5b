// Undo and redo, and the steps between them: a press on one goes there.
import Redo from 'lucide-solid/icons/redo-2';
import Undo from 'lucide-solid/icons/undo-2';
import { For, type JSX, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { stepText, text } from '../text.ts';
import { type HistoryStep, historySteps } from './history-list.ts';
import { knownLabels } from './known-labels.ts';

export function HistoryPanel(): JSX.Element {
  const client = useClient();
  const steps = (): HistoryStep[] => historySteps(knownLabels(), client.state.history);

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
      <Show when={steps().length > 0} fallback={<p class="panel-empty">{text('history.empty')}</p>}>
        <ol class="history-list">
          <For each={steps()}>
            {(step) => (
              <li>
                <button
                  type="button"
                  class="history-step"
                  classList={{ 'history-undone': step.undone }}
                  aria-current={step.depth === client.state.history.undoDepth ? 'step' : undefined}
                  onClick={() => void goTo(step.depth)}
                >
                  <span>
                    {step.label === undefined ? text('history.step', { number: step.depth }) : stepText(step.label)}
                  </span>
                </button>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  );
}
