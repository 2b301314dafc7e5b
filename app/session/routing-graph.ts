// What must hold in a routing graph: names told apart, ends that exist, and no sound that runs in a circle.
import type { ObjectOf } from '../protocol/kinds.ts';

export type RoutingGraph = Pick<ObjectOf<'RoutingGraphAtome'>, 'nodes' | 'connections'>;

/** The reason why the graph is none, or undefined. */
export function graphContradiction({ nodes, connections }: RoutingGraph): string | undefined {
  const names = new Set<string>();
  for (const { id } of [...nodes, ...connections]) {
    if (names.has(id)) return `${id}: there are two of this id`;
    names.add(id);
  }
  const known = new Map(nodes.map((node) => [node.id, node]));
  for (const { id, source_node_id, target_node_id } of connections) {
    const source = known.get(source_node_id);
    const target = known.get(target_node_id);
    if (!source || !target) return `connection ${id}: no node ${source ? target_node_id : source_node_id}`;
    if (source.type === 'output') return `connection ${id}: nothing leaves the output “${source.name}”`;
    if (target.type === 'input') return `connection ${id}: nothing enters the input “${target.name}”`;
  }
  return undefined;
}

/** The nodes of a circle in the order of the sound, the first one again at the end; undefined when there is none. */
function circleIn({ nodes, connections }: RoutingGraph): string[] | undefined {
  const targets = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source_node_id, target_node_id } of connections) targets.get(source_node_id)?.push(target_node_id);
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const target of targets.get(id) ?? []) {
      const circle = visit(target, [...path, id]);
      if (circle) return circle;
    }
    done.add(id);
    return undefined;
  };
  for (const { id } of nodes) {
    const circle = visit(id, []);
    if (circle) return circle;
  }
  return undefined;
}

/** The names of the nodes along which sound would run in a circle. */
export function circleText(graph: RoutingGraph): string | undefined {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name || id]));
  return circleIn(graph)
    ?.map((id) => `“${names.get(id) ?? id}”`)
    .join(' → ');
}
