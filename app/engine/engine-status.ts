// What the engine answers to a command that it did not take.
import { engineStatus } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';

/**
 * Commands wait while no sound is rendered, as many as there is room for.
 * @throws AtomeError ERR_AUDIO_SUSPENDED when too many wait, ERR_ENGINE_LIMIT for what the engine cannot do
 */
export function requireTaken(status: number): void {
  if (status === engineStatus.QUEUE_FULL) throw new AtomeError('ERR_AUDIO_SUSPENDED', 'too many commands are waiting');
  if (status < 0) throw new AtomeError('ERR_ENGINE_LIMIT', `status ${status}`);
}
