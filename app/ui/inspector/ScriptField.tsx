// The script of an event. It is kept as it is written, also half done; whether it can be run is said as soon as it is entered.
import { createEffect, createSignal, type JSX, onCleanup } from 'solid-js';
import type { ErrorReport } from '../../protocol/errors.ts';
import { useClient } from '../client.ts';
import { Writing } from './Writing.tsx';

interface ScriptFieldProps {
  readonly label: string;
  readonly value: string;
  /** What the script is called in its errors. */
  readonly name: unknown;
  readonly onCommit: (typed: string) => void;
}

export function ScriptField(props: ScriptFieldProps): JSX.Element {
  const client = useClient();
  const [wrong, setWrong] = createSignal<ErrorReport>();
  createEffect(() => {
    const { value: source, name } = props;
    let isCurrent = true;
    onCleanup(() => {
      isCurrent = false;
    });
    const check = { cmd: 'CHECK_SCRIPT', source, ...(typeof name === 'string' ? { name } : {}) } as const;
    void client.dispatch(check).then((reply) => {
      // ERR_SCRIPT: nobody could look at it, which says nothing about the script.
      if (isCurrent) setWrong(reply.ok || reply.error.name === 'ERR_SCRIPT' ? undefined : reply.error);
    });
  });
  return <Writing label={props.label} value={props.value} wrong={wrong()} onCommit={props.onCommit} />;
}
