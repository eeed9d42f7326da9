import { describeDialect } from '../../../contract/dialect.ts';

describeDialect('ollama-native');
