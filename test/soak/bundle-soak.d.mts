export function bundleSoak(outDir?: string): Promise<{ readonly program: string; readonly server: string }>;
