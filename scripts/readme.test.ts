import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the examples of the README compile', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  expect(examples.length).toBeGreaterThan(0);
  const settings = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  for (const example of examples) {
    const name = `${root}app/readme-example.ts`;
    const text = `import type {} from './page/scripting.ts';\n${example}\nexport {};\n`;
    const host = ts.createCompilerHost(settings?.options ?? {});
    const { getSourceFile, fileExists } = host;
    host.fileExists = (file) => file === name || fileExists(file);
    host.getSourceFile = (file, ...rest) =>
      file === name ? ts.createSourceFile(file, text, ts.ScriptTarget.ESNext) : getSourceFile(file, ...rest);
    const program = ts.createProgram([name], settings?.options ?? {}, host);
    const faults = ts.getPreEmitDiagnostics(program, program.getSourceFile(name));
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  }
}, 60_000);
