/** How components reach the window's state and the app behind it. Set once, by App.svelte. */
import { createContext } from 'svelte';
import type { Client } from '../../shared/ipc/contract.ts';
import type { AppState } from './app-state.ts';
import type { Command } from './commands.ts';

export const [getApp, setApp] = createContext<AppState>();
export const [getClient, setClient] = createContext<Client>();
export const [getCommands, setCommands] = createContext<readonly Command[]>();
