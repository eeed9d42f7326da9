/** What an import brings: folders and endpoints, environments, and sentences about what could not be taken over. */
import { BLANK_REQUEST } from '../connection/blank-request.ts';
import type { HeaderSpec, RequestSpec } from '../connection/types.ts';
import type { Variable } from '../workspace/workspace.ts';

export interface ImportedFolder {
  readonly kind: 'folder';
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly children: readonly ImportedNode[];
}

export interface ImportedEndpoint {
  readonly kind: 'endpoint';
  readonly name: string;
  readonly note: string;
  readonly request: RequestSpec;
}

export type ImportedNode = ImportedFolder | ImportedEndpoint;

export interface ImportedEnvironment {
  readonly name: string;
  /** With the values of secrets, for whoever keeps them apart. */
  readonly variables: readonly Variable[];
}

export interface Collection {
  /** What it is, for people: "Postman collection". */
  readonly format: string;
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly children: readonly ImportedNode[];
  readonly environments: readonly ImportedEnvironment[];
  /** What is different here, or was left out. Each once. */
  readonly notes: readonly string[];
}

/** A value that came from somewhere else; its shape is not known. */
export type Raw = Readonly<Record<string, unknown>>;

/** An object's fields; those of nothing when it is none. */
export function raw(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
}

export function rawList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or a number or truth value as text; "" for everything else. */
export function rawText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

export function request(patch: Partial<RequestSpec>): RequestSpec {
  return { ...BLANK_REQUEST, ...patch };
}

export function header(name: string, value: string, enabled = true): HeaderSpec {
  return { name, value, enabled };
}

/** How many endpoints there are, at any depth. */
export function endpointCount(nodes: readonly ImportedNode[]): number {
  return nodes.reduce(
    (count, node) => count + (node.kind === 'endpoint' ? 1 : endpointCount(node.children)),
    0,
  );
}
