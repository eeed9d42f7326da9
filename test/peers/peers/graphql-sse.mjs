import { createServer } from 'node:http';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { listen } from '../processes.mjs';
import { headerOf, record } from '../record.mjs';

export const name = 'graphql-sse';
export const packages = ['graphql-sse', 'graphql'];

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { hello: { type: GraphQLString, resolve: () => 'hi' } },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      greetings: {
        type: GraphQLString,
        async *subscribe() {
          for (const greetings of ['Hallo', 'Grüß dich', '你好']) yield { greetings };
        },
      },
    },
  }),
});

export async function run(check) {
  const { origin, stop } = await listen(createServer(createHandler({ schema })));
  try {
    const query = JSON.stringify({ query: 'subscription { greetings }' });
    const seen = await record(
      `${origin}/graphql`,
      '-X',
      'POST',
      '-H',
      'Content-Type: application/json',
      '-d',
      query,
    );
    const next = seen.events
      .filter((event) => event.type === 'next')
      .map((event) => JSON.parse(event.data).data.greetings);
    check('a POST is answered by events', next.join() === 'Hallo,Grüß dich,你好', next.join());
    const last = seen.events.at(-1);
    check('the empty data of `complete` is an event', last?.type === 'complete' && last.data === '');
    check(
      'content-encoding: none is identity',
      headerOf(seen, 'content-encoding') === 'none',
      headerOf(seen, 'content-encoding'),
    );
    check('the answer is not asked for twice', seen.of('attempt-start').length === 1 && seen.code === 0);
    const wrong = await record(
      `${origin}/graphql`,
      '-X',
      'POST',
      '-H',
      'Content-Type: application/json',
      '-d',
      '{"query":"{"}',
    );
    check('a syntax error of the query is told', JSON.stringify(wrong.entries).includes('Syntax Error'));
  } finally {
    stop();
  }
}
