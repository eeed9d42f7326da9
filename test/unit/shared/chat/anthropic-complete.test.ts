import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('anthropic-complete-legacy');
