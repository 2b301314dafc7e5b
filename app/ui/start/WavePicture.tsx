// The picture of the empty project: three clips of sound on their lanes, and a file on its way to them.
import { For, type JSX } from 'solid-js';

interface PictureClip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly hue: number;
  readonly seed: number;
}

const clips: readonly PictureClip[] = [
  { x: 20, y: 16, width: 150, hue: 0, seed: 1 },
  { x: 178, y: 16, width: 92, hue: 2, seed: 2 },
  { x: 64, y: 64, width: 176, hue: 4, seed: 3 },
  { x: 120, y: 112, width: 124, hue: 8, seed: 4 },
];
const height = 40;
const step = 4;

/** Half the height of a clip's wave at bar `index`, by a sum of incommensurable sines. */
const swing = (seed: number, index: number): number => {
  const wave = Math.sin(index * 0.9 + seed) * Math.sin(index * 0.31 + seed * 2) + 0.4 * Math.sin(index * 2.3 * seed);
  return 2 + Math.min(1, Math.abs(wave)) * (height / 2 - 6);
};

function wavePath({ x, y, width, seed }: PictureClip): string {
  const middle = y + height / 2;
  const bars = Math.floor((width - 10) / step);
  return Array.from({ length: bars }, (_, index) => {
    const size = swing(seed, index);
    return `M${x + 7 + index * step} ${(middle - size).toFixed(1)}v${(2 * size).toFixed(1)}`;
  }).join('');
}

export function WavePicture(): JSX.Element {
  return (
    <svg class="wave-picture" viewBox="0 0 320 168" aria-hidden="true">
      <For each={[60, 108, 156]}>{(y) => <line class="wave-lane" x1="0" x2="320" y1={y} y2={y} />}</For>
      <For each={clips}>
        {(clip) => (
          <g style={{ '--hue': `var(--clip-${clip.hue})` }}>
            <rect class="wave-clip" x={clip.x} y={clip.y} width={clip.width} height={height} rx="4" />
            <path class="wave-bars" d={wavePath(clip)} />
          </g>
        )}
      </For>
      <line class="wave-playhead" x1="206" x2="206" y1="4" y2="160" />
      <path class="wave-playhead-handle" d="M201 4h10v5l-5 5l-5-5z" />
    </svg>
  );
}
