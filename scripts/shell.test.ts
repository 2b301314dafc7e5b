// Options of the shell commands, and the sentences about what is wrong with them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numberOf, readOptions, sentenceOf } from './shell.ts';

const usage = 'how to call it';
const options = { values: ['from', 'shift'], flags: ['loud'], usage };

describe('options', () => {
  it('are read in any order, with values that begin with a minus sign', () => {
    const read = readOptions(['--shift', '-5', 'in.wav', '--loud', '--from=-1', 'out.wav'], options);
    expect(read.positionals).toEqual(['in.wav', 'out.wav']);
    expect({ ...read.values }).toEqual({ shift: '-5', from: '-1' });
    expect([...read.flags]).toEqual(['loud']);
  });

  it.each([
    [['--soft'], /^Unknown option '--soft'.*how to call it$/s],
    [['a.wav', '--shift'], /argument missing\nhow to call it$/],
    [['--help'], /^how to call it$/],
  ])('%j is told', (parameters, sentence) => {
    expect(() => readOptions(parameters, options)).toThrow(sentence);
  });
});

describe('numbers', () => {
  it('in their range are taken, both ends included', () => {
    expect(numberOf('--from', '0', { lowest: 0, usage })).toBe(0);
    expect(numberOf('--shift', '-24', { lowest: -24, highest: 24, usage })).toBe(-24);
  });

  it.each([
    ['-1', { lowest: 0 }, '--from -1: not a number of 0 or more\nhow to call it'],
    ['25', { lowest: -24, highest: 24 }, '--from 25: not a number from -24 to 24\nhow to call it'],
    ['1,5', { lowest: 0 }, '--from 1,5: not a number of 0 or more\nhow to call it'],
    [' ', { lowest: 0 }, '--from  : not a number of 0 or more\nhow to call it'],
    ['NaN', { lowest: 0 }, '--from NaN: not a number of 0 or more\nhow to call it'],
    ['Infinity', { lowest: 0 }, '--from Infinity: not a number of 0 or more\nhow to call it'],
  ])('%s is refused by name and range', (text, range, sentence) => {
    expect(() => numberOf('--from', text, { ...range, usage })).toThrow(new Error(sentence));
  });
});

describe('failures of the file system', () => {
  const failureOf = (path: string): unknown => {
    try {
      return readFileSync(path);
    } catch (thrown) {
      return thrown;
    }
  };

  it('are sentences', () => {
    expect(sentenceOf(failureOf('/no/such/file'))).toBe('There is no such file or folder: /no/such/file');
    expect(sentenceOf(failureOf(import.meta.dirname))).toBe('That is a folder, not a file.');
    expect(sentenceOf(new Error('Something else.'))).toBe('Something else.');
  });
});
