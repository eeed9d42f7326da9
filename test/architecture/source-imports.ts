/** What the files of src/ import, and which of them tests import, read with the TypeScript parser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

const test = join(import.meta.dirname, '..');
const src = join(test, '..', 'src');

export interface SourceImport {
  /** The importing file, below src/. */
  readonly file: string;
  /** A file below src/, or a package or builtin as written. */
  readonly target: string;
}

/** Files of src/ with code in them, below src/, with forward slashes. */
export function sourceFiles(): readonly string[] {
  return filesBelow(src).filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.d.ts'));
}

/** The code of a file; of a component, its scripts. */
export function codeOf(file: string): string {
  const text = readFileSync(join(src, file), 'utf8');
  if (!file.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => code).join('\n');
}

/** Every import, export-from, `import()` and `require` of a file, of types as well. */
export function importsOf(file: string): readonly SourceImport[] {
  return ts.preProcessFile(codeOf(file), true, true).importedFiles.map(({ fileName }) => ({
    file,
    target: fileName.startsWith('.') ? posix.join(posix.dirname(file), fileName) : fileName,
  }));
}

/** Whether a file does something: has a function, method or class with a body. Files of types and constants have none. */
export function hasLogic(file: string): boolean {
  const tree = ts.createSourceFile(file, codeOf(file), ts.ScriptTarget.Latest, true);
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) || (ts.isFunctionLike(node) && 'body' in node && node.body)) found = true;
    else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Files of test/ that are run or that hold shared suites, below test/. */
export function testFiles(): readonly string[] {
  return filesBelow(test).filter((path) => path.endsWith('.ts'));
}

/** Files of src/ that a file of test/ imports, below src/. */
export function testImportsOf(file: string): readonly string[] {
  const text = readFileSync(join(test, file), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
    const [, path] = /^(?:\.\.\/)+src\/(.+)$/.exec(fileName) ?? [];
    return path === undefined ? [] : [path];
  });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .sort();
}
