/** What can be done to one connection, whoever performs it. */
import type { StoppedBy } from '../../shared/connection/machine-types.ts';
import type {
  ConnectionStatus,
  RequestSpec,
  SteerAction,
  SystemChange,
} from '../../shared/connection/types.ts';

export interface ConnectionDriver {
  start(): void;
  stop(by: StoppedBy, why: string): void;
  reconnectNow(): void;
  steer(action: SteerAction): void;
  systemChanged(change: SystemChange): void;
  /** What later attempts ask for. */
  update(request: RequestSpec): void;
  /** The log can take no more: the capture ends. */
  storageFailed(error: unknown): void;
  status(): ConnectionStatus;
}
