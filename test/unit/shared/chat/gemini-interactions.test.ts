import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('gemini-interactions');
