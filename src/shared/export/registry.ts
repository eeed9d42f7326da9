/** The formats in the order of the menu. Adding one is a file and a line here. */
import { createRegistry, type Registry } from '../base/registry.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { createCompletionJsonExporter } from './completion-json.ts';
import { createCompletionMarkdownExporter } from './completion-markdown.ts';
import type { Exporter } from './exporter.ts';
import { createCsvExporter } from './csv.ts';
import { createCurlExporter } from './curl.ts';
import { createHarExporter } from './har.ts';
import { createJsonExporter } from './json.ts';
import { createNdjsonExporter } from './ndjson.ts';
import { createPageExporter } from './page/page.ts';
import { createReportExporter } from './report-markdown.ts';
import { createSseExporter } from './sse-raw.ts';

/** `appVersion`: of the Streamscope that writes, for formats that name it. */
export function createExporters(byteText: ByteText, appVersion: string): Registry<Exporter> {
  return createRegistry([
    createNdjsonExporter(byteText),
    createJsonExporter(byteText),
    createCsvExporter(byteText),
    createSseExporter(),
    createHarExporter(byteText, appVersion),
    createPageExporter(byteText),
    createReportExporter(byteText),
    createCompletionMarkdownExporter(byteText),
    createCompletionJsonExporter(byteText),
    createCurlExporter(),
  ]);
}
