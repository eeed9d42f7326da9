/**
 * The request in the form as a chat request: what the composer shows of it, and how an edit goes back into the body's text, which
 * is the truth. Holds nothing of its own but whether the composer or the text is looked at.
 */
import { readChat, writeChat, type ChatReading } from '../../shared/compose/chat-request.ts';
import type { Composition, Message } from '../../shared/compose/composition.ts';
import { fromTemplate, type ChatTemplate } from '../../shared/compose/templates.ts';
import { variableUses, type Variables } from '../../shared/workspace/variables.ts';
import type { RequestForm } from './app-form.svelte.ts';
import type { Environments } from './environments.svelte.ts';
import type { Notices } from './undo.svelte.ts';

export interface Composing {
  /** What the form's request says; null when it is no chat request. */
  readonly reading: ChatReading | null;
  /** Which of the two is shown for a chat request. */
  view: 'compose' | 'json';
  /** Variables in the address, the headers and the credentials that have no value, such as a key nobody has set. */
  readonly unknownKeys: readonly string[];
  edit(patch: Partial<Composition>): void;
  /** With an Undo. */
  removeMessage(at: number): void;
  moveMessage(at: number, step: -1 | 1): void;
  addMessage(role: string): void;
  /** Makes the form's request into one of the template's, with an Undo. */
  useTemplate(template: ChatTemplate): void;
  /** Adds a variable as a secret, to the environment that is on or to a new one; connecting asks for its value. */
  addSecret(name: string): void;
}

export interface ComposingDeps {
  readonly form: RequestForm;
  readonly environments: Environments;
  readonly notices: Notices;
  readonly variables: () => Variables;
}

export function createComposing({ form, environments, notices, variables }: ComposingDeps): Composing {
  let view = $state<'compose' | 'json'>('compose');
  const reading = $derived(readChat(form.request));
  const unknownKeys = $derived.by(() => {
    const { url, headers, auth } = form.request;
    const sent = headers.filter((header) => header.enabled).map(({ value }) => value);
    const used = [url, ...sent, auth.kind === 'bearer' ? auth.bearer.token : ''];
    const unknown = used.flatMap((text) =>
      variableUses(text, variables()).flatMap(({ name, value }) => (value === null ? [name] : [])),
    );
    return [...new Set(unknown)];
  });

  const messages = (): readonly Message[] => reading?.composition?.messages ?? [];

  const composing: Composing = {
    get reading() {
      return reading;
    },
    get view() {
      return view;
    },
    set view(value) {
      view = value;
    },
    get unknownKeys() {
      return unknownKeys;
    },
    edit(patch) {
      if (!reading?.composition) return;
      form.edit(writeChat(form.request, reading.format, { ...reading.composition, ...patch }));
    },
    removeMessage(at) {
      const removed = messages()[at];
      if (!removed) return;
      const before = form.request;
      const endpointId = form.endpoint?.id;
      composing.edit({ messages: messages().filter((_, index) => index !== at) });
      const after = form.request;
      notices.undoable('Took a message out', () => {
        if (form.endpoint?.id !== endpointId) return;
        // Only the text that was there has what the composer knows nothing of.
        if (form.request.body.text === after.body.text) form.edit({ body: before.body });
        else composing.edit({ messages: [...messages().slice(0, at), removed, ...messages().slice(at)] });
      });
    },
    moveMessage(at, step) {
      const list = [...messages()];
      const [moved, other] = [list[at], list[at + step]];
      if (!moved || !other) return;
      list[at] = other;
      list[at + step] = moved;
      composing.edit({ messages: list });
    },
    addMessage(role) {
      composing.edit({ messages: [...messages(), { role, parts: [{ kind: 'text', text: '' }] }] });
    },
    useTemplate(template) {
      const before = form.request;
      const endpointId = form.endpoint?.id;
      form.edit(fromTemplate(template, before));
      view = 'compose';
      if (before.url === '') return;
      notices.undoable(`Made into a request for ${template.label}`, () => {
        if (form.endpoint?.id === endpointId) form.edit(before);
      });
    },
    addSecret(name) {
      const owner = environments.active ?? environments.add('Keys');
      environments.saveVariables(owner.id, [
        ...owner.variables,
        { name, value: '', secret: true, enabled: true },
      ]);
      environments.select(owner.id);
    },
  };
  return composing;
}
