// Where the tabs of one browser find the session and settle who owns it.
import { createId } from '../core/id.ts';
import { type LobbyMessage, lobbyMessage, lobbyName, readMessage } from '../protocol/messages.ts';
import { Listeners } from '../session/listeners.ts';

export class Lobby {
  /** This tab among the others. */
  readonly tab = createId();
  readonly messages = new Listeners<LobbyMessage>();
  readonly #channel = new BroadcastChannel(lobbyName);

  constructor() {
    this.#channel.onmessage = ({ data }) => {
      const message = readMessage(lobbyMessage, data);
      if (message) this.messages.tell(message);
    };
  }

  post(message: LobbyMessage): void {
    this.#channel.postMessage(message);
  }
}
