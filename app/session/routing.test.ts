// Routing: one graph per project, changed as a whole or in parts, and never a circle.
import { expect, test } from 'vitest';
import type { Command } from '../protocol/commands.ts';
import type { RoutingGraphAtome } from '../protocol/kinds.ts';
import { openTestSession } from './testing/fixtures.ts';

const node = (id: string, type: 'input' | 'bus' | 'output' | 'plugin' = 'bus') => ({
  id,
  type,
  name: id.toUpperCase(),
  params: {},
});
const wire = (source_node_id: string, target_node_id: string) => ({
  id: `${source_node_id}-${target_node_id}`,
  source_node_id,
  source_channel: 0,
  target_node_id,
  target_channel: 0,
  gain: 1,
});
const graph = {
  nodes: [node('in', 'input'), node('a'), node('b'), node('out', 'output')],
  connections: [wire('in', 'a'), wire('a', 'b'), wire('b', 'out')],
};

async function routed() {
  const { session } = await openTestSession();
  const send = (command: Command) => session.dispatch(command);
  const reply = await send({ cmd: 'SET_ROUTING_GRAPH', graph });
  expect(reply.ok).toBe(true);
  const current = (): RoutingGraphAtome | undefined => [...session.objects.ofKind('RoutingGraphAtome')][0];
  return { session, send, current };
}

test('SET_ROUTING_GRAPH makes the graph once and then replaces it', async () => {
  const { session, send, current } = await routed();
  const first = current();
  await send({ cmd: 'SET_ROUTING_GRAPH', graph: { nodes: [node('a')], connections: [] } });
  expect([...session.objects.ofKind('RoutingGraphAtome')]).toHaveLength(1);
  expect(current()).toMatchObject({ id: first?.id, nodes: [{ id: 'a' }], connections: [] });
});

test('UPDATE_ROUTING adds, replaces and removes by id; a node takes its connections along', async () => {
  const { send, current } = await routed();
  const delta = { nodes: [{ ...node('a'), name: 'Drums' }, node('c')], connections: [wire('in', 'c')], remove: ['b'] };
  expect(await send({ cmd: 'UPDATE_ROUTING', delta })).toMatchObject({ ok: true });
  expect(current()?.nodes.map(({ name }) => name)).toEqual(['IN', 'Drums', 'OUT', 'C']);
  expect(current()?.connections.map(({ id }) => id)).toEqual(['in-a', 'in-c']);
});

test('SET_NODE_PARAM changes one parameter of one node', async () => {
  const { send, current } = await routed();
  await send({ cmd: 'SET_NODE_PARAM', node_id: 'a', param: 'gain', value: 0.5 });
  await send({ cmd: 'SET_NODE_PARAM', node_id: 'a', param: 'mode', value: 'warm' });
  expect(current()?.nodes[1]?.params).toEqual({ gain: 0.5, mode: 'warm' });
  expect(await send({ cmd: 'SET_NODE_PARAM', node_id: 'x', param: 'gain', value: 1 })).toMatchObject({
    ok: false,
    error: { name: 'ERR_REFUSED' },
  });
});

test('a circle is refused with the names of its nodes, by every command that could close one', async () => {
  const { session, send, current } = await routed();
  const before = current();
  const connections = [...graph.connections, wire('b', 'a')];
  const commands: Command[] = [
    { cmd: 'SET_ROUTING_GRAPH', graph: { nodes: graph.nodes, connections } },
    { cmd: 'UPDATE_ROUTING', delta: { connections: [wire('b', 'a')] } },
    { cmd: 'SET_OBJECT', id: before?.id ?? '', properties: { connections } },
  ];
  for (const command of commands) {
    const reply = await send(command);
    expect(reply.ok ? '' : `${reply.error.name} ${reply.error.msg}`).toMatch(/^ERR_CYCLE .*“A” → “B” → “A”/);
  }
  const itself = await send({ cmd: 'UPDATE_ROUTING', delta: { connections: [wire('a', 'a')] } });
  expect(itself.ok ? '' : itself.error.msg).toContain('“A” → “A”');
  expect(session.objects.get(before?.id ?? '')).toBe(before);
});

test.each<[reason: string, delta: Extract<Command, { cmd: 'UPDATE_ROUTING' }>['delta']]>([
  ['there are two of this id', { nodes: [node('in-a')] }],
  ['no node x', { connections: [wire('a', 'x')] }],
  ['nothing leaves the output', { connections: [wire('out', 'a')] }],
  ['nothing enters the input', { connections: [wire('a', 'in')] }],
  ['delta.remove: no x', { remove: ['x'] }],
])('what makes no graph is refused: %s', async (reason, delta) => {
  const { send } = await routed();
  const reply = await send({ cmd: 'UPDATE_ROUTING', delta });
  expect(reply.ok ? '' : reply.error.msg).toContain(reason);
});
