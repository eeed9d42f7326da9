/** Marks pieces of text with the CSS Custom Highlight API, which changes no element. Styled in PieceTextView. */
export type HighlightName = 'piece-pointed' | 'piece-selected';

/** Shows the range under a name and returns the function that takes it away. Does nothing where the API is missing. */
export function highlight(name: HighlightName, range: Range): () => void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return () => {};
  let shown = CSS.highlights.get(name);
  if (!shown) CSS.highlights.set(name, (shown = new Highlight()));
  const owner = shown;
  owner.add(range);
  return () => void owner.delete(range);
}
