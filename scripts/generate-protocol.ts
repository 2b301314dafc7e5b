// Writes dsp-wasm/generated/protocol.h from app/protocol/engine-layout.ts; prints it with --print.
import { writeFileSync } from 'node:fs';
import { protocolHeader } from './protocol-header.ts';

const target = new URL('../dsp-wasm/generated/protocol.h', import.meta.url);
if (process.argv.includes('--print')) process.stdout.write(protocolHeader());
else writeFileSync(target, protocolHeader());
