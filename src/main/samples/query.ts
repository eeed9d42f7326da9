/** A whole number from a query. Gives a sentence for people when it is not one, or not within the bounds. */
export function wholeNumber(
  url: URL,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number | string {
  const text = url.searchParams.get(name);
  if (text === null || text === '') return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  return `"${name}" must be a whole number from ${least} to ${most}`;
}
