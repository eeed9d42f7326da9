/** What the window may ask a file for; main words the dialog. */
export const FILE_PURPOSES = [
  'authorities',
  'certificate',
  'key',
  'pkcs12',
  'socket',
  'body',
  'session',
  'capture',
] as const;

export type FilePurpose = (typeof FILE_PURPOSES)[number];
