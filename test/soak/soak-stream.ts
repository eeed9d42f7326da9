/** What the server of the soak sends, known to both sides: event `number` of a stream is the same bytes whenever it is made. */

export interface SoakEvent {
  readonly stream: string;
  /** From 1, without a gap. */
  readonly number: number;
  /** Follows from the number, so that an event that was mixed up is seen. */
  readonly text: string;
}

/** Every tenth stream sends no ids: nobody can resume it. */
export function hasIds(index: number): boolean {
  return index % 10 !== 9;
}

export function soakEvent(stream: string, number: number): SoakEvent {
  const length = (number * 7919) % 120;
  return { stream, number, text: `№${number}·`.repeat(1 + (length >> 3)) };
}

/** The event as it is sent; the shapes take turns. */
export function soakBlock(stream: string, number: number, withId: boolean): string {
  const json = JSON.stringify(soakEvent(stream, number));
  const id = withId ? `id: ${number}\n` : '';
  switch (number % 4) {
    case 0:
      return `${id}data: ${json}\n\n`;
    case 1:
      return `event: tick\n${`data: ${json}\n${id}`.replace(/\n/g, '\r\n')}\r\n`;
    case 2:
      return `: number ${number}\n${id}data:${json}\n\n`;
    default:
      return `${id}data: ${json.slice(0, 1)}\ndata: ${json.slice(1)}\n\n`;
  }
}

/** What went between the soak and the process of its server. */
export type ToServer = { readonly kind: 'finish' } | { readonly kind: 'report' };
export type FromServer =
  | { readonly kind: 'listening'; readonly port: number }
  /** Nothing is numbered any more; the last number of each stream. */
  | { readonly kind: 'finished'; readonly heads: Readonly<Record<string, number>> }
  | {
      readonly kind: 'report';
      readonly openSockets: number;
      readonly faults: Readonly<Record<string, number>>;
    };
