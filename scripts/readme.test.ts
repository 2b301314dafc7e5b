// The examples of the README are checked by the compiler, as if they stood in the page.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the examples of the README compile', { timeout: 120_000 }, () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const examples = new Map(
    [...readme.matchAll(/```ts\r?\n(.*?)```/gs)].map(([, code = ''], index) => [
      `${root}app/readme-example-${index + 1}.ts`,
      `import type {} from './page/scripting.ts';\n${code}\nexport {};\n`,
    ]),
  );
  expect(examples.size).toBeGreaterThan(0);
  const options = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expect.fail(String(messageText)) },
  )?.options;
  if (!options) return expect.fail('tsconfig.json cannot be read');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => examples.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = examples.get(file);
    return text === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  };
  const program = ts.createProgram([...examples.keys()], options, host);
  const faults = [...examples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    expect(source).toBeDefined();
    return ts.getPreEmitDiagnostics(program, source);
  });
  expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});
