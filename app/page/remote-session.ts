// Connects a tab to the session that another one owns, again whenever that changes.
import type { Disposer } from '../core/disposer.ts';
import { createId } from '../core/id.ts';
import { connectionName } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/state.ts';
import type { Lobby } from './lobby.ts';
import type { SessionLine } from './session-client.ts';

/** @param life the Web Lock that this tab holds, by which the owner knows when it is gone */
export function followOwner(line: SessionLine, lobby: Lobby, life: string): Disposer {
  const connect = (): void => {
    // A name of its own for every connection: what an owner before sent on another one cannot be mistaken.
    const connection = createId();
    line.connect(new BroadcastChannel(connectionName(connection)));
    lobby.post({ type: 'HELLO', version: PROTOCOL_VERSION, connection, life });
  };
  const leave = lobby.messages.add((message) => {
    if (message.type === 'OWNER' && message.session !== line.session) connect();
  });
  connect();
  return () => {
    leave();
    line.disconnect();
  };
}
