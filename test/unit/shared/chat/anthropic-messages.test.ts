import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('anthropic-messages');
