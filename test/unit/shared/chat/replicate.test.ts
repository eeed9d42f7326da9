import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('replicate');
