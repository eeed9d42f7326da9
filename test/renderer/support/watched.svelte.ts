/** Runs `read` as a component would: at once, and again whenever what it read changed. Returns the function that ends it. */
export function watched(read: () => void): () => void {
  return $effect.root(() => {
    $effect(read);
  });
}
