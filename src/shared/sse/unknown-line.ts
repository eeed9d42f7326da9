/** Why a line was ignored, in words that help the one who wrote the server. */

const FIELDS: readonly string[] = ['data', 'event', 'id', 'retry'];

/** Characters of a name that a message shows. */
const SHOWN = 40;

/**
 * `line` is the beginning of a line whose field name the standard does not know. `afterData` says that a data line, or a
 * line that went on from one, stands before it.
 */
export function explainUnknownLine(line: string, afterData: boolean): string {
  const colon = line.indexOf(':');
  const name = colon === -1 ? line : line.slice(0, colon);
  if (/^\s*[{[]/.test(line)) {
    return 'A line of JSON without "data:" in front. It is ignored.';
  }
  const plain = name.replace(/^\uFEFF/, '').trim();
  const meant = FIELDS.find((field) => field === plain.toLowerCase());
  if (meant !== undefined && name.startsWith('\uFEFF')) {
    return `A byte order mark that does not begin the body stands before "${meant}". The line is ignored.`;
  }
  if (meant !== undefined && plain !== meant) {
    return `"${plain}" is not "${meant}": field names are case-sensitive. The line is ignored.`;
  }
  if (meant !== undefined) {
    const where = name.trimStart() === name ? 'after' : 'before';
    return `Space ${where} "${meant}" makes it another field. The line is ignored.`;
  }
  if (colon === -1 && afterData) {
    return 'This line follows data and has no "data:" in front: a line break that the server did not encode. It is ignored.';
  }
  const shown = name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name;
  return colon === -1
    ? `"${shown}" has no colon and is no field that the standard knows. The line is ignored.`
    : `"${shown}" is not a field that the standard knows. The line is ignored.`;
}
