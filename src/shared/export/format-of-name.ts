/** Which format a file's name asks for, where nobody chose one. */
import type { Exporter } from './exporter.ts';

/** By its id or its extension; of formats with the same extension the first one of the menu. undefined: there is none. */
export function exporterForName(exporters: readonly Exporter[], name: string): Exporter | undefined {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? name.toLowerCase();
  return (
    exporters.find(({ id }) => id === extension) ??
    exporters.find((exporter) => exporter.extension === extension)
  );
}
