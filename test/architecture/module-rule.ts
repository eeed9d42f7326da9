/** What a module of src/ may import. */

export interface ModuleRule {
  /** Path below src/; a folder, or a file with its extension. The longest that fits a file is its module. */
  readonly module: string;
  /** Modules and packages, as prefixes: `shared` is all of it, `node:` is every builtin. */
  readonly may: readonly string[];
  /** The reason, for somebody whose import was refused. */
  readonly because: string;
}
