/** Names of files that every file system takes, made from names that people gave. */

/** Device names of Windows, which are taken with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const MOST_CHARS = 80;

export interface FileNames {
  /** A name for `title` that was not given before, upper and lower case counting as the same. */
  next(title: string, extension: string): string;
}

/** Of one folder; `taken` are paths that may not be used. */
export function fileNames(taken: ReadonlySet<string>, folder: string): FileNames {
  const used = new Set([...taken].map((path) => path.toLowerCase()));
  return {
    next(title, extension) {
      const stem = plainName(title);
      for (let number = 1; ; number += 1) {
        const name = `${number === 1 ? stem : `${stem} ${number}`}${extension}`;
        const key = `${folder}/${name}`.toLowerCase();
        if (used.has(key)) continue;
        used.add(key);
        return name;
      }
    },
  };
}

function plainName(title: string): string {
  const name = title
    .normalize('NFC')
    // eslint-disable-next-line no-control-regex -- control characters are among what no file name may hold
    .replace(/[\x00-\x1f\x7f<>:"/\\|?*]+/g, '-')
    // Half of a surrogate pair cannot be written.
    .replace(/\p{Surrogate}/gu, '-');
  const cut = [...name]
    .slice(0, MOST_CHARS)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  return cut === '' || RESERVED.test(cut) || cut.toLowerCase() === 'folder' ? `_${cut}` : cut;
}
