export function bundleSoak(outDir?: string): Promise<{
  readonly program: string;
  readonly server: string;
  readonly tapProgram: string;
  readonly tapPeer: string;
}>;
