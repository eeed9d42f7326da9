import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('bedrock-converse');
