/**
 * The text of a checks document as checks, or as problems with their places. A problem in one check does not hide those of the
 * others, and the others can be run.
 */
import type { Check } from './check.ts';
import type { ReadContext } from './check-kind.ts';
import { CHECK_KINDS } from './registry.ts';
import { readSpecDocument, SpecFault, type SpecNode, type SpecProblem } from './spec-node.ts';

export interface ReadChecks {
  readonly checks: readonly Check[];
  /** In the order of their places. */
  readonly problems: readonly SpecProblem[];
}

export const CHECKS_VERSION = 1;

const KINDS = new Map(CHECK_KINDS.map((kind) => [kind.key, kind]));
const COMMON = ['name'];

/** More checks than anybody writes; each costs time at every event. */
const MAX_CHECKS = 1000;

export function readChecks(text: string, context: ReadContext = {}): ReadChecks {
  const { root, problems } = readSpecDocument(text);
  const found: SpecProblem[] = [...problems];
  const checks: Check[] = [];
  /** What `read` gives; null when it complained. */
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SpecFault)) throw error;
      found.push({ ...error.place, message: error.message });
      return null;
    }
  };
  const items = root === null ? [] : (attempt(() => checkNodes(root)) ?? []);
  for (const item of items) {
    const check = attempt(() => readCheck(item, checks.length, context));
    if (check) checks.push(check);
  }
  return { checks, problems: found.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** A list of checks, or a document that has one. */
function checkNodes(root: SpecNode): readonly SpecNode[] {
  if (root.kind === 'list') return bounded(root);
  const { version, checks } = root.fields('A checks document', ['version', 'checks']);
  if (version && version.wholeNumber('version') !== CHECKS_VERSION)
    throw version.fault(`This is version ${version.shown}; this program reads version ${CHECKS_VERSION}.`);
  if (!checks) throw root.fault('A checks document has "checks", a list.');
  return bounded(checks);
}

function bounded(list: SpecNode): readonly SpecNode[] {
  if (list.kind === 'nothing') return [];
  const items = list.list('checks');
  if (items.length > MAX_CHECKS) throw list.fault(`These are more than ${MAX_CHECKS} checks.`);
  return items;
}

function readCheck(item: SpecNode, index: number, context: ReadContext): Check {
  const entries = item.entries('A check');
  const allowed = [...KINDS.keys()].join(', ');
  for (const { name, at } of entries) {
    if (!KINDS.has(name) && !COMMON.includes(name))
      throw new SpecFault(`There is no check "${name}"; there are ${allowed}.${likely(name)}`, at);
  }
  const [given, second] = entries.filter(({ name }) => KINDS.has(name));
  const kind = given && KINDS.get(given.name);
  if (!kind) throw item.fault(`A check is one of ${allowed}.`);
  if (second) {
    throw new SpecFault(
      `One check has "${kind.key}" and "${second.name}"; begin a new one with "- ".`,
      second.at,
    );
  }
  const read = kind.read(given.value, context);
  const name =
    entries
      .find((entry) => entry.name === 'name')
      ?.value.text('name')
      .trim() ?? '';
  return {
    index,
    kind: kind.key,
    name: name === '' ? read.asserts : name,
    line: item.place.line,
    needs: read.needs ?? [],
    hasRegex: read.hasRegex ?? false,
    start: read.start,
  };
}

/** What was meant, when only a few letters are wrong. */
function likely(name: string): string {
  const near = [...KINDS.keys()].find(
    (key) => distance(name.toLowerCase(), key) <= Math.max(1, key.length / 3),
  );
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** Letters to put in, take out or change. */
function distance(one: string, other: string): number {
  if (one.length > 40) return one.length;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
