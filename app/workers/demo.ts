// Makes the demo's sounds as WAV files, one for each message it gets.
import { demoSounds } from '../demo/demo-sounds.ts';
import { wavHeader } from '../media/wav-header.ts';

export type DemoMessage =
  | { readonly type: 'sound'; readonly name: string; readonly wav: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end' };

const sounds = demoSounds();

function nextMessage(): DemoMessage {
  const { done, value } = sounds.next();
  if (done) return { type: 'end' };
  const [left, right] = value.channels;
  const frames = left.length;
  const header = wavHeader({ format: 'F32', channels: 2, sampleRate: value.sampleRate, frames });
  const wav = new Uint8Array(header.length + frames * 8);
  const samples = new DataView(wav.buffer, header.length);
  wav.set(header);
  for (let frame = 0; frame < frames; frame++) {
    samples.setFloat32(frame * 8, left[frame] ?? 0, true);
    samples.setFloat32(frame * 8 + 4, right[frame] ?? 0, true);
  }
  return { type: 'sound', name: value.name, wav };
}

self.onmessage = () => {
  const message = nextMessage();
  if (message.type === 'sound') self.postMessage(message, { transfer: [message.wav.buffer] });
  else self.postMessage(message);
};
