/** The cookie jars and their file: beside the workspace and not in it, because cookies are secrets and endpoints are shared. */
import { createCookieJars, type CookieJars } from './connections/cookie-jars.ts';
import { createJsonFile } from './workspace/json-file.ts';

export interface CookieFileDeps {
  readonly path: string;
  /** Tells the user something about the file. */
  readonly say: (message: string) => void;
  readonly onChanged: (folderId: string | null) => void;
}

/** Opens the jars; a file that cannot be read is a jar that is empty. */
export async function openCookieFile({ path, say, onChanged }: CookieFileDeps): Promise<{
  readonly jars: CookieJars;
  readonly flush: () => Promise<void>;
}> {
  let failureSaid = false;
  const file = createJsonFile(path, (error) => {
    if (failureSaid) return;
    failureSaid = true;
    say(`The cookies could not be saved to ${path}: ${error.message}. Those of now are lost when you quit.`);
  });
  let stored: unknown;
  try {
    stored = await file.read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(
      `The cookies in ${path} could not be read (${why}), so all jars are empty. Endpoints that need one get it anew.`,
    );
  }
  return {
    jars: createCookieJars({ stored, save: (jars) => file.save(jars), onChanged }),
    flush: file.flush,
  };
}
