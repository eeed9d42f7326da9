import { describeProtocol } from '../../../contract/protocol.ts';

describeProtocol('mcp', ['mcp', 'json-rpc']);
