// Commands that change how sound is routed: the whole graph, parts of it, one parameter.
import type { RoutingGraphAtome } from '../protocol/kinds.ts';
import { activeProject } from './active-target.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, refused } from './handlers.ts';
import type { RoutingGraph } from './routing-graph.ts';

export const setRoutingGraph: EditHandler<'SET_ROUTING_GRAPH'> = (edit, { graph }) => write(edit, graph);

export const updateRouting: EditHandler<'UPDATE_ROUTING'> = (edit, { delta }) => {
  const graph = current(edit) ?? { nodes: [], connections: [] };
  const removed = new Set(delta.remove);
  for (const id of removed) {
    if (![...graph.nodes, ...graph.connections].some((part) => part.id === id)) throw refused(`delta.remove: no ${id}`);
  }
  const nodes = merged(graph.nodes, delta.nodes ?? [], removed);
  const kept = graph.connections.filter(
    ({ source_node_id, target_node_id }) => !removed.has(source_node_id) && !removed.has(target_node_id),
  );
  write(edit, { nodes, connections: merged(kept, delta.connections ?? [], removed) });
};

export const setNodeParam: EditHandler<'SET_NODE_PARAM'> = (edit, { node_id, param, value }) => {
  const graph = current(edit);
  const node = graph?.nodes.find(({ id }) => id === node_id);
  if (!graph || !node) throw refused(`node_id: no node ${node_id}`);
  const changed = { ...node, params: { ...node.params, [param]: value } };
  edit.set(graph, { nodes: graph.nodes.map((each) => (each === node ? changed : each)) });
};

/** Replaces what has the id of a given part in its place, adds the rest at the end. */
function merged<Part extends { readonly id: string }>(
  parts: readonly Part[],
  given: readonly Part[],
  removed: ReadonlySet<string>,
): Part[] {
  const byId = new Map(parts.filter(({ id }) => !removed.has(id)).map((part) => [part.id, part]));
  for (const part of given) byId.set(part.id, part);
  return [...byId.values()];
}

function current(edit: Edit): RoutingGraphAtome | undefined {
  for (const graph of edit.objects.referrers(activeProject(edit).id, 'RoutingGraphAtome')) return graph;
  return undefined;
}

function write(edit: Edit, { nodes, connections }: RoutingGraph): void {
  const graph = current(edit);
  if (graph) edit.set(graph, { nodes, connections });
  else edit.created.push(edit.create('RoutingGraphAtome', { project_id: activeProject(edit).id, nodes, connections }));
}
