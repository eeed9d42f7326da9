/**
 * OpenAI's images as a stream, made or edited: partial images get sharper until `….completed` brings the whole one. Several may
 * follow each other; there is no terminator, the end of the stream ends the answer.
 */
import { objectOf, textOf } from './json-read.ts';
import { createPlainDialect } from './plain-dialect.ts';

const TYPE = /^image_(?:generation|edit)\.(partial_image|completed)$/;
const FACTS = ['size', 'quality', 'background'];

export const openAiImages = createPlainDialect({
  id: 'openai-images',
  label: 'OpenAI images',
  endsWithDone: true,
  score: (json) => (TYPE.test(textOf(json['type'])) ? 95 : 0),
  take(tracker, json, event) {
    const choice = tracker.choice(0);
    const type = TYPE.exec(textOf(json['type']));
    if (!type) return tracker.diagnose('unknown-event', 'An event of a type that is not known here.', event);
    const isComplete = type[1] === 'completed';
    const { images } = choice.rich;
    const key = String(images.filter((image) => image.isComplete).length);
    const format = textOf(json['output_format']);
    choice.rich.see(
      key,
      { data: textOf(json['b64_json']), isComplete, ...(format !== '' && { format }) },
      event,
    );
    for (const name of FACTS) choice.facts.note('other', name, json[name], event);
    const created = json['created_at'];
    if (typeof created === 'number' && created > 0) tracker.head.created ??= created;
    if (!isComplete) return;
    tracker.usage = objectOf(json['usage']) ?? tracker.usage;
    tracker.finish(choice, 'completed', event);
  },
});
