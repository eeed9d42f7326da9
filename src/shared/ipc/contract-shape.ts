/** What a command and a feed of the contract are made of. */

export interface CommandShape<A, R> {
  readonly parse: (value: unknown) => A;
  readonly __result?: R;
}
export interface FeedShape<P> {
  readonly feed: true;
  readonly __payload?: P;
}

export const command = <A>(parser: (value: unknown) => A) => ({
  returns: <R>(): CommandShape<A, R> => ({ parse: parser }),
});
export const feed = <P>(): FeedShape<P> => ({ feed: true });
