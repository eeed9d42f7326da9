import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('openai-speech');
