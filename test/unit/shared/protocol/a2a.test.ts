import { describeProtocol } from '../../../contract/protocol.ts';

describeProtocol('a2a');
