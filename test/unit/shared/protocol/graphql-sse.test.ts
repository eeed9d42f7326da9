import { describeProtocol } from '../../../contract/protocol.ts';

describeProtocol('graphql-sse');
