/** The limits of an endpoint as a form shows them: in a unit that people can read, empty for the default. */
import { DEFAULT_LIMITS, LIMIT_RANGES, type LimitSpec } from '../../../shared/connection/limits.ts';

export type LimitId = keyof typeof LIMIT_RANGES;

export interface LimitField {
  readonly id: LimitId;
  readonly label: string;
  readonly unit: 'KiB' | 'MiB' | 'times';
  readonly note: string;
}

export const EVENT_FIELD: LimitField = {
  id: 'maxEventBytes',
  label: 'At most',
  unit: 'MiB',
  note: 'Also the longest line.',
};

export const INFLATION_FIELDS: readonly LimitField[] = [
  {
    id: 'maxInflation',
    label: 'All of it',
    unit: 'times',
    note: 'its size. 0: no limit.',
  },
  { id: 'maxInflatedReadBytes', label: 'One read', unit: 'MiB', note: '0: no limit.' },
];

export const ANSWER_FIELDS: readonly LimitField[] = [
  { id: 'maxHeadBytes', label: 'Head', unit: 'KiB', note: 'All header lines.' },
  {
    id: 'maxRefusedBytes',
    label: 'Refused',
    unit: 'KiB',
    note: 'Kept of an error page.',
  },
];

export const SENT_FIELD: LimitField = {
  id: 'maxSentBytes',
  label: 'Body',
  unit: 'KiB',
  note: 'Kept as it was sent; of a longer one only its size.',
};

const UNIT_SIZES = { KiB: 1024, MiB: 1024 * 1024, times: 1 } as const;

/** A limit in the field's unit; three digits behind the point at most. */
export function limitText(field: LimitField, limits: LimitSpec): string {
  return String(Math.round((limits[field.id] / UNIT_SIZES[field.unit]) * 1000) / 1000);
}

/** The smallest and the largest number that may stand in the field. */
export function limitRange(field: LimitField): readonly [number, number] {
  const [least, most] = LIMIT_RANGES[field.id];
  const size = UNIT_SIZES[field.unit];
  return [least / size, most / size];
}

/** The limits with what was typed, moved into the range; the default for an empty field, null for what is no number. */
export function withLimit(field: LimitField, typed: string, limits: LimitSpec): LimitSpec | null {
  const [least, most] = LIMIT_RANGES[field.id];
  const value =
    typed.trim() === '' ? DEFAULT_LIMITS[field.id] : Math.round(Number(typed) * UNIT_SIZES[field.unit]);
  if (Number.isNaN(value)) return null;
  return { ...limits, [field.id]: Math.min(Math.max(value, least), most) };
}

/** Whether any limit is not its default. */
export function hasOwnLimits(limits: LimitSpec): boolean {
  return (Object.keys(DEFAULT_LIMITS) as (keyof LimitSpec)[]).some(
    (name) => limits[name] !== DEFAULT_LIMITS[name],
  );
}
