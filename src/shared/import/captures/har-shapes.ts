/** What is read of a HAR file: the 1.2 fields that tell of a stream, and those that browsers and HTTP Toolkit add. */
import type { HeaderPair } from '../../session/entry.ts';
import { amountOf, epochOf, isObject, listOf, numberOf, textOf, type JsonObject } from './fields.ts';

export interface HarMessage {
  /** Seconds since 1970; null without one. */
  readonly timeS: number | null;
  readonly type: string;
  readonly id: string;
  readonly data: string;
}

export interface HarEntry {
  /** Among the entries of the file, from 0. */
  readonly index: number;
  readonly startedAt: number | null;
  readonly timeMs: number | null;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly HeaderPair[];
  readonly body: string;
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly responseHeaders: readonly HeaderPair[];
  readonly mimeType: string;
  readonly text: string;
  readonly isBase64: boolean;
  readonly redirectUrl: string;
  readonly remoteAddress: string | null;
  readonly timings: JsonObject;
  readonly messages: readonly HarMessage[];
  /** Why there is no body, as the program that wrote the file says it; "" otherwise. */
  readonly missing: string;
  readonly resourceType: string;
  /** Our own fields. */
  readonly own: JsonObject | null;
}

/** The entry, or null when there is neither a request nor a response in it. */
export function harEntry(value: unknown, index: number): HarEntry | null {
  if (!isObject(value) || !isObject(value['request'])) return null;
  const { request } = value;
  const response = isObject(value['response']) ? value['response'] : {};
  const content = isObject(response['content']) ? response['content'] : {};
  const postData = isObject(request['postData']) ? request['postData'] : {};
  const address = textOf(value['serverIPAddress']);
  const responseHeaders = headersOf(response['headers']);
  return {
    index,
    startedAt: epochOf(value['startedDateTime']),
    timeMs: amountOf(value['time']),
    method: textOf(request['method']) ?? 'GET',
    url: textOf(request['url']) ?? '',
    requestHeaders: headersOf(request['headers']),
    body: textOf(postData['text']) ?? formText(postData['params']),
    status: amountOf(response['status']) ?? 0,
    statusText: textOf(response['statusText']) ?? '',
    httpVersion: (textOf(response['httpVersion']) ?? '').replace(/^HTTP\//i, '').replace(/^h2$/i, '2'),
    responseHeaders,
    mimeType: (textOf(content['mimeType']) ?? headerValue(responseHeaders, 'content-type'))
      .replace(/;.*$/, '')
      .trim()
      .toLowerCase(),
    text: textOf(content['text']) ?? '',
    isBase64: content['encoding'] === 'base64',
    redirectUrl: textOf(response['redirectURL']) ?? '',
    remoteAddress: address === null || address === '' ? null : address,
    timings: isObject(value['timings']) ? value['timings'] : {},
    messages: listOf(value['_eventSourceMessages']).filter(isObject).map(messageOf),
    // HTTP Toolkit says here that a body was too large, or could not be decoded.
    missing: missingOf(value['_responseBodyStatus']),
    resourceType: textOf(value['_resourceType']) ?? '',
    own: isObject(value['_streamscope']) ? value['_streamscope'] : null,
  };
}

function missingOf(status: unknown): string {
  return typeof status === 'string' && status !== '' && status !== 'loaded' ? status : '';
}

function messageOf(value: JsonObject): HarMessage {
  const { data } = value;
  return {
    timeS: numberOf(value['time']),
    type: textOf(value['eventName']) || 'message',
    id: textOf(value['eventId']) ?? '',
    data: typeof data === 'string' ? data : data === undefined ? '' : JSON.stringify(data),
  };
}

function headersOf(value: unknown): readonly HeaderPair[] {
  return listOf(value)
    .filter(isObject)
    .map((pair): HeaderPair => [textOf(pair['name']) ?? '', textOf(pair['value']) ?? ''])
    .filter(([name]) => name !== '' && !name.startsWith(':'));
}

export function headerValue(headers: readonly HeaderPair[], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/** A form whose fields were told apart. */
function formText(params: unknown): string {
  return listOf(params)
    .filter(isObject)
    .map((param) =>
      [textOf(param['name']) ?? '', textOf(param['value']) ?? '']
        .map((part) => encodeURIComponent(part))
        .join('='),
    )
    .join('&');
}
