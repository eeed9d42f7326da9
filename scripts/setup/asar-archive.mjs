/**
 * Writes an asar archive: the format in which Electron reads an application from one file. A header (JSON in two Chromium
 * "pickles"), then the files' bytes one after another; offsets count from the end of the header.
 */

/** `files`: name → text. Returns the archive's bytes. */
export function asarArchive(files) {
  const header = { files: {} };
  const bodies = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text, 'utf8');
    header.files[name] = { size: body.length, offset: String(offset) };
    bodies.push(body);
    offset += body.length;
  }
  const pickledHeader = pickleString(JSON.stringify(header));
  return Buffer.concat([uint32(4), uint32(pickledHeader.length), pickledHeader, ...bodies]);
}

/** Payload size, string length, string, padded to a multiple of four. */
function pickleString(text) {
  const bytes = Buffer.from(text, 'utf8');
  const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
  return Buffer.concat([uint32(4 + bytes.length + padding.length), uint32(bytes.length), bytes, padding]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
