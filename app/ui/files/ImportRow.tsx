// One running import: its name, what it does, how far it is, and the button that ends it.
import X from 'lucide-solid/icons/x';
import type { JSX } from 'solid-js';
import type { ImportProgress } from '../../media/types.ts';
import { useClient } from '../client.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { Progress } from '../controls/Progress.tsx';
import { type MessageKey, text } from '../text.ts';

const stages: Readonly<Record<ImportProgress['stage'], MessageKey>> = {
  reading: 'import.reading',
  decoding: 'import.decoding',
  storing: 'import.storing',
  done: 'import.done',
  failed: 'import.failed',
  cancelled: 'import.cancelled',
};

export function ImportRow(props: { readonly progress: ImportProgress }): JSX.Element {
  const client = useClient();
  return (
    <li class="import-row">
      <span class="import-name" title={props.progress.name}>
        {props.progress.name}
      </span>
      <span class="import-stage">
        {text(stages[props.progress.stage])} {Math.round(props.progress.fraction * 100)} %
      </span>
      <IconButton
        label={text('import.cancel', { name: props.progress.name })}
        onClick={() => client.cancelImport(props.progress.importId)}
      >
        <X size={14} />
      </IconButton>
      <Progress label={props.progress.name} fraction={props.progress.fraction} />
    </li>
  );
}
