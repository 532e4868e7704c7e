import { readFile } from 'node:fs/promises';

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: string[];
      readonly edge_fields: string[];
      readonly edge_types: [string[], ...unknown[]];
    };
  };
  readonly nodes: number[];
  readonly edges: number[];
  readonly strings: string[];
}

/** The ids of the objects of class `Box` in a small snapshot, by their `label`. */
export async function boxIds(path: string): Promise<Map<string, number>> {
  const { snapshot, nodes, edges, strings } = JSON.parse(await readFile(path, 'utf8')) as Snapshot;
  const { node_fields, edge_fields, edge_types } = snapshot.meta;
  const field = (name: string) => node_fields.indexOf(name);
  const ids = new Map<string, number>();
  let edge = 0;
  for (let node = 0; node < nodes.length; node += node_fields.length) {
    const name = strings[nodes[node + field('name')] ?? 0];
    const edgeEnd = edge + (nodes[node + field('edge_count')] ?? 0) * edge_fields.length;
    for (; edge < edgeEnd; edge += edge_fields.length) {
      const [type = 0, edgeName = 0, to = 0] = edges.slice(edge, edge + 3);
      const isLabel = edge_types[0][type] === 'property' && strings[edgeName] === 'label';
      if (name !== 'Box' || !isLabel) continue;
      const label = strings[nodes[to + field('name')] ?? 0] ?? '';
      ids.set(label, nodes[node + field('id')] ?? 0);
    }
  }
  return ids;
}
