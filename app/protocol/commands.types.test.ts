// What is no command does not compile: each wrong one below is an error, and the day it is none this file is.
import { describe, expectTypeOf, test } from 'vitest';
import type { Command, CommandOf, EditCommand } from './commands.ts';

const id = '00000000-0000-4000-8000-000000000001';
const send = (_command: Command): void => undefined;
const edit = (_command: EditCommand): void => undefined;

describe('a wrong command does not compile', () => {
  test('unknown names and fields', () => {
    // @ts-expect-error no such command
    send({ cmd: 'MAKE_COFFEE' });
    // @ts-expect-error no name at all
    send({ clip_id: id });
    // @ts-expect-error no such field
    send({ cmd: 'SPLIT_CLIP', clip_id: id, position: 1, at: 2 });
    // @ts-expect-error no such property of a clip
    send({ cmd: 'SET_CLIP', clip_id: id, volume: 1 });
    send({ cmd: 'SPLIT_CLIP', clip_id: id, position: 1 });
  });

  test('missing fields and values of the wrong type', () => {
    // @ts-expect-error where?
    send({ cmd: 'SPLIT_CLIP', clip_id: id });
    // @ts-expect-error a number, not its text
    send({ cmd: 'MOVE_CLIP', clip_id: id, play_position: '4' });
    // @ts-expect-error one of three scopes
    send({ cmd: 'ADD_FOLLOW_ACTION', scope: 'song', target_id: id, action_type: 'Stop' });
    // @ts-expect-error one of eight actions
    send({ cmd: 'ADD_FOLLOW_ACTION', scope: 'clip', target_id: id, action_type: 'Explode' });
    // @ts-expect-error a place is a number, a time or a marker
    send({ cmd: 'TIMELINE_SEEK', timeline_id: id, to: { type: 'bar', value: 4 } });
    // @ts-expect-error a list
    send({ cmd: 'REMOVE_CLIPS', clip_ids: id });
  });

  test('transport is no part of the history', () => {
    // @ts-expect-error not an edit
    edit({ cmd: 'TIMELINE_PLAY', timeline_id: id });
    // @ts-expect-error only edits make a batch
    send({ cmd: 'BATCH', commands: [{ cmd: 'UNDO' }] });
    edit({ cmd: 'REMOVE_OBJECT', id });
  });

  test('the fields of a command have the types of the objects they become', () => {
    expectTypeOf<CommandOf<'SET_CLIP'>['gain']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<CommandOf<'ADD_MARKER'>['timebase']>().toEqualTypeOf<'seconds' | 'beats' | undefined>();
    expectTypeOf<CommandOf<'GROUP_CLIPS'>['group_id']>().toEqualTypeOf<string | null>();
  });
});
