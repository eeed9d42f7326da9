/** Ready faults to begin with: what goes wrong most in real life. */
import type { FaultFields } from './edit-faults.ts';

export interface ReadyFault {
  readonly id: string;
  readonly label: string;
  /** What a client has to do about it. */
  readonly note: string;
  readonly faults: readonly FaultFields[];
}

export const READY_FAULTS: readonly ReadyFault[] = [
  {
    id: 'overloaded',
    label: 'Overloaded twice',
    note: 'Two answers of 503 with Retry-After, then the stream. A client waits and asks again.',
    faults: [
      [
        ['status', '503'],
        ['retry-after', '1'],
        ['attempt', '1-2'],
      ],
    ],
  },
  {
    id: 'rate-limited',
    label: 'Rate limit',
    note: '429 with Retry-After at the first attempt.',
    faults: [
      [
        ['status', '429'],
        ['retry-after', '2'],
        ['attempt', '1'],
      ],
    ],
  },
  {
    id: 'reset',
    label: 'Reset in the middle',
    note: 'The connection is reset after the third event, once. A client resumes with Last-Event-ID.',
    faults: [
      [
        ['reset', ''],
        ['event', '3'],
        ['where', 'after'],
        ['attempt', '1'],
      ],
    ],
  },
  {
    id: 'silence',
    label: 'Silence',
    note: 'The stream stays open and nothing comes. Only a client with a timeout notices.',
    faults: [
      [
        ['stall', 'forever'],
        ['event', '3'],
        ['where', 'after'],
      ],
    ],
  },
  {
    id: 'pause',
    label: 'A pause of ten seconds',
    note: 'Too long for impatient clients, too short for a dead connection.',
    faults: [
      [
        ['stall', '10s'],
        ['event', '3'],
      ],
    ],
  },
  {
    id: 'cut',
    label: 'Cut off inside an event',
    note: 'Half of an event arrives, and the body has no end. The half event must not be dispatched.',
    faults: [
      [
        ['truncate', 'no-end'],
        ['event', '3'],
        ['attempt', '1'],
      ],
    ],
  },
  {
    id: 'early-end',
    label: 'Ends without a terminator',
    note: 'The answer ends properly, too early: no [DONE], no last event.',
    faults: [
      [
        ['close', ''],
        ['event', '3'],
        ['where', 'after'],
      ],
    ],
  },
  {
    id: 'lost',
    label: 'Lost events',
    note: 'Every fifth event is missing.',
    faults: [
      [
        ['drop', ''],
        ['every', '5'],
      ],
    ],
  },
  {
    id: 'twice',
    label: 'Events twice',
    note: 'A quarter of the events come twice, as after a resume that reaches too far back.',
    faults: [
      [
        ['duplicate', '1'],
        ['chance', '25%'],
      ],
    ],
  },
  {
    id: 'order',
    label: 'Out of order',
    note: 'Events of four change places.',
    faults: [
      [
        ['reorder', '4'],
        ['every', '4'],
      ],
    ],
  },
  {
    id: 'garbled',
    label: 'Garbled bytes',
    note: 'A byte is wrong in one of ten events: bad JSON, bad UTF-8, or a changed field name.',
    faults: [
      [
        ['corrupt', '1'],
        ['chance', '10%'],
      ],
    ],
  },
  {
    id: 'html',
    label: 'A login page',
    note: 'The type is text/html, as a proxy or a portal answers. A browser gives up for good.',
    faults: [
      [
        ['content-type', 'text/html'],
        ['attempt', '1'],
      ],
    ],
  },
  {
    id: 'moved',
    label: 'Moved',
    note: 'A redirect to another path of this replay.',
    faults: [[['redirect', '/moved']]],
  },
  {
    id: 'slow',
    label: 'Slow line',
    note: 'Fifty bytes a second: characters and fields come in pieces.',
    faults: [[['trickle', '50']]],
  },
  {
    id: 'line',
    label: 'A line without end',
    note: 'A line that never ends. A client has to limit what it keeps.',
    faults: [
      [
        ['endless-line', 'forever'],
        ['event', '3'],
        ['where', 'after'],
      ],
    ],
  },
  {
    id: 'heartbeat',
    label: 'Comments in between',
    note: 'A comment after each event. They must not be taken for events.',
    faults: [
      [
        ['insert', '{comment: keep-alive}'],
        ['every', '1'],
        ['where', 'after'],
      ],
    ],
  },
];
