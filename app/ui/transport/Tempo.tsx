// The tempo: drag it, use the wheel or arrows, type it, or tap it; and the time signature.
import { For, type JSX } from 'solid-js';
import { useClient } from '../client.ts';
import { tempoScale } from '../controls/scales.ts';
import { ValueText } from '../controls/ValueText.tsx';
import { createValueGesture } from '../controls/value-gesture.ts';
import { text } from '../text.ts';
import { createPlayheadTempo } from './playhead-tempo.ts';
import { TapTempo } from './tap-tempo.ts';
import { commonSignatures } from './tempo-edit.ts';
import { setTempo, setTimeSignature } from './transport.ts';

export function Tempo(): JSX.Element {
  const client = useClient();
  const { bpm, signature } = createPlayheadTempo(client);
  const gesture = createValueGesture({
    scale: () => tempoScale,
    value: bpm,
    commit: (value) => void setTempo(client, Math.round(value * 100) / 100),
    drag: 'steps',
  });
  const taps = new TapTempo();
  const tap = (): void => {
    const found = taps.tap(performance.now());
    if (found !== undefined) void setTempo(client, found);
  };

  return (
    <div class="tempo">
      <div
        class="tempo-slider"
        role="slider"
        tabIndex={0}
        aria-label={text('transport.tempo')}
        aria-valuemin={tempoScale.minimum}
        aria-valuemax={tempoScale.maximum}
        aria-valuenow={gesture.shown()}
        aria-valuetext={`${tempoScale.print(gesture.shown())} bpm`}
        title={text('transport.tempoHint')}
        data-active={gesture.active() ? '' : undefined}
        onPointerDown={gesture.pointerDown}
        on:wheel={{ handleEvent: gesture.wheel, passive: false }}
        onKeyDown={gesture.keyDown}
        onKeyUp={gesture.keyUp}
        onBlur={gesture.keyUp}
      >
        <span class="tempo-unit">bpm</span>
      </div>
      <ValueText
        label={text('transport.tempo')}
        value={tempoScale.print(gesture.shown())}
        onType={gesture.type}
        class="tempo-value"
      />
      <Signature signature={signature()} />
      <button
        type="button"
        class="quiet-button tempo-tap"
        onPointerDown={tap}
        onClick={(event) => event.detail === 0 && tap()}
      >
        {text('transport.tap')}
      </button>
    </div>
  );
}

/** The time signature: a menu of common ones and a field for any other. */
function Signature(props: { readonly signature: string }): JSX.Element {
  const client = useClient();
  let menu: HTMLDivElement | undefined;
  const choose = (chosen: string): void => {
    menu?.hidePopover();
    if (chosen !== props.signature) void setTimeSignature(client, chosen);
  };
  return (
    <>
      <button
        type="button"
        class="quiet-button signature"
        popovertarget="signature-menu"
        aria-label={`${text('transport.signature')}: ${props.signature}`}
        title={text('transport.signature')}
      >
        {props.signature}
      </button>
      <div ref={menu} id="signature-menu" class="menu signature-menu" popover="auto">
        <For each={commonSignatures}>
          {(option) => (
            <button
              type="button"
              class="menu-item"
              aria-pressed={option === props.signature}
              onClick={() => choose(option)}
            >
              {option}
            </button>
          )}
        </For>
        <input
          type="text"
          class="menu-input"
          aria-label={text('transport.signature')}
          placeholder="11/8"
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            if (/^([1-9]\d?)\/(1|2|4|8|16|32)$/.test(event.currentTarget.value.trim()))
              choose(event.currentTarget.value.trim());
            else event.currentTarget.setAttribute('aria-invalid', 'true');
          }}
        />
      </div>
    </>
  );
}
