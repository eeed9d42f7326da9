/** What must not be recorded of a connection, taken out of each entry: by the usual names, and by what its credentials are. */
import { authSecrets } from '../../shared/connection/request-auth.ts';
import type { RequestSpec } from '../../shared/connection/types.ts';
import type { JournalEntry } from '../../shared/session/entry.ts';
import { hideSecrets } from '../../shared/session/hide-secrets.ts';
import { redactEntry } from '../../shared/session/redact.ts';

export interface EntryVeil {
  hide(entry: JournalEntry): JournalEntry;
  /** Another request follows; what was secret stays so, because an answer may still quote it. */
  learn(request: RequestSpec): void;
}

export function createEntryVeil(first: RequestSpec): EntryVeil {
  let secrets = authSecrets(first.auth);
  return {
    hide: (entry) => hideSecrets(redactEntry(entry), secrets),
    learn(request) {
      const { names, values } = authSecrets(request.auth);
      secrets = {
        names: [...new Set([...secrets.names, ...names])],
        values: [...new Set([...secrets.values, ...values])],
      };
    },
  };
}
