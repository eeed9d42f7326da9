import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('ai-sdk-ui');
