/** Football that plays itself: matches one after the other, a goal at a time. Teams are invented. */

/** One score, with the fields in the order in which they go over the wire. */
export interface LiveScore {
  readonly homeTeam: string;
  readonly awayTeam: string;
  readonly homeScore: number;
  readonly awayScore: number;
  readonly updateDate: string;
}

export interface Match {
  /** The next goal; a match that has had its goals makes way for the next one. */
  nextGoal(epochMs: number): LiveScore;
}

const TEAMS = [
  'Hafenstadt 04',
  'SC Wattenmeer',
  'Kap Horn United',
  'Real Albufeira',
  'FC Nordlicht',
  'Olympique du Phare',
  'Göteborg Öst',
  'Tokyo 潮風',
];

const GOALS_A_MATCH = 7;

/** `random` gives 0 (inclusive) to 1 (exclusive). */
export function createMatch(random: () => number): Match {
  let number = -1;
  let score: [home: number, away: number] = [0, 0];
  const team = (at: number): string => TEAMS[at % TEAMS.length] ?? '';
  return {
    nextGoal(epochMs) {
      if (number === -1 || score[0] + score[1] === GOALS_A_MATCH) {
        number += 1;
        score = [0, 0];
      }
      // The home side scores a little more often.
      score[random() < 0.55 ? 0 : 1] += 1;
      return {
        homeTeam: team(2 * number),
        awayTeam: team(2 * number + 1),
        homeScore: score[0],
        awayScore: score[1],
        updateDate: new Date(epochMs).toISOString(),
      };
    },
  };
}
