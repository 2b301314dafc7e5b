// Every command is carried out by the session, tried by a test, and found in the palette or left out for a stated reason.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandSchemas } from '../../protocol/commands.ts';
import { commandEntries } from './command-entries.ts';

const root = new URL('../../../', import.meta.url);

function sources(folder: string, wanted: RegExp): string {
  const names = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => wanted.test(name));
  return files.map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8')).join('\n');
}

const commands = [...Object.keys(commandSchemas), 'BATCH'];
const tests = sources('app', /\.test\.tsx?$/) + sources('e2e', /\.spec\.ts$/);
const offered = sources('app/ui', /(?<!\.test)\.tsx?$/);

describe('every command', () => {
  test('has an entry, and every entry is a command’s', () => {
    expect(Object.keys(commandEntries).toSorted()).toEqual(commands.toSorted());
  });

  test.each(commands)('%s is tried by a test', (cmd) => {
    expect(tests.includes(`'${cmd}'`)).toBe(true);
  });

  test.each(Object.entries(commandEntries))(
    '%s is offered by an action that exists, or not for a reason',
    (_cmd, entry) => {
      if ('action' in entry) expect(new RegExp(`id: '${entry.action}',\\s+label: `).test(offered)).toBe(true);
      else expect(entry.instead.split(' ').length).toBeGreaterThan(3);
    },
  );
});
