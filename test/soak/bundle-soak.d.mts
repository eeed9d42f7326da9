export function bundleSoak(outDir?: string): Promise<{
  readonly program: string;
  readonly server: string;
  readonly replay: string;
  readonly replayClients: string;
  readonly tap: string;
  readonly tapPeer: string;
}>;
