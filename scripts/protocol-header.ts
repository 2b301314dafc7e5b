// The C++ side of the schema, as text: constants, enums and structs with their sizes and offsets asserted.
import {
  engineConstants,
  engineFlags,
  engineStatus,
  headerStatus,
  sampleFormats,
  structs,
  triggerActions,
} from '../app/protocol/engine-layout.ts';

const cppTypes = { u32: 'uint32_t', i32: 'int32_t', f32: 'float', f64: 'double', i64: 'int64_t' } as const;

const enumOf = (name: string, type: string, values: Readonly<Record<string, number>>): string =>
  `enum class ${name} : ${type} {\n${Object.entries(values)
    .map(([key, value]) => `  ${key} = ${value},`)
    .join('\n')}\n};\n`;

function structOf(name: string, layout: (typeof structs)[keyof typeof structs]): string {
  const fields = Object.entries(layout.fields) as [string, keyof typeof cppTypes][];
  const offsets = layout.offsets as Readonly<Record<string, number>>;
  const members = fields.map(([field, type]) => `  ${cppTypes[type]} ${field};`).join('\n');
  const checks = fields.map(([field]) => `static_assert(offsetof(${name}, ${field}) == ${offsets[field]});`).join('\n');
  return `struct alignas(8) ${name} {\n${members}\n};\nstatic_assert(sizeof(${name}) == ${layout.size});\n${checks}\n`;
}

/** The text of protocol.h. */
export function protocolHeader(): string {
  const constants = Object.entries(engineConstants).map(
    ([key, value]) => `inline constexpr uint32_t ${key} = ${value};`,
  );
  return [
    '// Generated from app/protocol/engine-layout.ts by `npm run wasm`. Do not edit.',
    '#pragma once',
    '#include <cstddef>',
    '#include <cstdint>',
    '',
    'namespace atome {',
    '',
    ...constants,
    '',
    enumOf('SampleFormat', 'uint32_t', sampleFormats),
    enumOf('EngineStatus', 'int32_t', engineStatus),
    enumOf('EngineFlags', 'uint32_t', engineFlags),
    enumOf('TriggerAction', 'uint32_t', triggerActions),
    enumOf('HeaderStatus', 'int32_t', headerStatus),
    ...Object.entries(structs).map(([name, layout]) => structOf(name, layout)),
    '}  // namespace atome',
    '',
  ].join('\n');
}
