/** A few random streams of each dialect against the official clients; `npm run oracles` does it by the thousand. */
import { describe, expect, it } from 'vitest';
import { runCampaign, TRIAL_DIALECTS } from '../../oracles/campaign.ts';

const COUNT = 60;

describe('random valid streams', () => {
  it.each(TRIAL_DIALECTS)(
    'of %s are rebuilt as they were meant and as the official client does',
    async (dialect) => {
      const { streams, failure } = await runCampaign(dialect, COUNT, 20_260_101);
      expect(failure).toBeNull();
      expect(streams).toBe(COUNT);
    },
  );
});
