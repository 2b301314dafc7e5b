// Writes dsp-wasm/generated/protocol.h from app/protocol/engine-layout.ts, where it differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { protocolHeader } from './protocol-header.ts';

const target = new URL('../dsp-wasm/generated/protocol.h', import.meta.url);
const header = protocolHeader();
// An unchanged file keeps its date, so that nothing is compiled anew.
if (!existsSync(target) || readFileSync(target, 'utf8') !== header) writeFileSync(target, header);
