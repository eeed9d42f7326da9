import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('tgi-generate');
