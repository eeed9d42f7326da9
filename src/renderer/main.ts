/** Entry of the window: makes the client over what the preload script gives, the state over the client, and the view over both. */
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { createClient } from '../shared/ipc/client.ts';
import App from './App.svelte';
import { createAppState } from './state/app.svelte.ts';

const client = createClient(window.streamscope);
const app = createAppState(client, {
  // Older runtimes have the path on the file itself.
  pathOf: (file) => (file as { readonly path?: string }).path ?? window.streamscope.pathOfFile(file),
});
const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// The window is painted when its theme and its endpoints are known; should that fail, it opens empty and says why.
app
  .load()
  .catch((error: unknown) => app.notices.failed('Streamscope could not read what it had kept', error))
  .finally(() => mount(App, { target, props: { client, app } }));
