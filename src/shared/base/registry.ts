/** An ordered list of things with an id, such as dialects or exporters. */
export interface Registry<T extends { readonly id: string }> {
  /** Adds `item` at the end and returns a function that takes it out again. Throws on an id that is taken. */
  register(item: T): () => void;
  /** All items in the order of registration. */
  all(): readonly T[];
  /** The item with this id, if there is one. */
  get(id: string): T | undefined;
}

/** Creates a registry that holds `items` in their order. Throws when two of them share an id. */
export function createRegistry<T extends { readonly id: string }>(items: readonly T[] = []): Registry<T> {
  const list: T[] = [];
  const registry: Registry<T> = {
    register(item) {
      if (registry.get(item.id)) throw new Error(`The id "${item.id}" is registered twice`);
      list.push(item);
      return () => {
        const at = list.indexOf(item);
        if (at >= 0) list.splice(at, 1);
      };
    },
    all: () => list,
    get: (id) => list.find((item) => item.id === id),
  };
  for (const item of items) registry.register(item);
  return registry;
}
