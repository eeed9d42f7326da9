/** The kinds of checks, in the order of documents and galleries. A new one is one file and one line here. */
import type { CheckKind } from './check-kind.ts';
import { endsWithKind, firstAnswerKind } from './kinds/answer.ts';
import { durationKind, reconnectsKind, resumeKind } from './kinds/connection.ts';
import { countKind } from './kinds/count.ts';
import { eventKind } from './kinds/event.ts';
import { gapKind } from './kinds/gap.ts';
import { idsKind } from './kinds/ids.ts';
import { noDiagnosticsKind } from './kinds/no-diagnostics.ts';
import { orderKind } from './kinds/order.ts';
import { contentTypeKind, statusKind } from './kinds/response.ts';
import { schemaKind } from './kinds/schema.ts';
import { sequenceKind } from './kinds/sequence.ts';
import { textKind } from './kinds/text.ts';

export const CHECK_KINDS: readonly CheckKind[] = [
  statusKind,
  contentTypeKind,
  eventKind,
  countKind,
  orderKind,
  sequenceKind,
  idsKind,
  gapKind,
  schemaKind,
  firstAnswerKind,
  endsWithKind,
  textKind,
  noDiagnosticsKind,
  durationKind,
  reconnectsKind,
  resumeKind,
];
