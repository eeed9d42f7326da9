/** What the user wrote on an entry, as queries ask for it. Whoever keeps bookmarks and notes provides it. */

export interface Annotation {
  readonly bookmarked: boolean;
  /** "" when there is none. */
  readonly note: string;
}

/** The annotation of the entry with this number; undefined when it has none. */
export type AnnotationOf = (seq: number) => Annotation | undefined;

export const noAnnotations: AnnotationOf = () => undefined;
