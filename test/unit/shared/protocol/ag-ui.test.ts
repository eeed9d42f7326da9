import { describeProtocol } from '../../../contract/protocol.ts';

describeProtocol('ag-ui');
