import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('cohere-v2');
