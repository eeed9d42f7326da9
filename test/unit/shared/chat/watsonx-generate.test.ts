import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('watsonx');
