/** Where a text stops being JSON (RFC 8259): engines say so only for some texts. Pure. */

type Wanted = 'value' | 'item' | 'name' | 'member' | 'colon' | 'more' | 'end';

const TOKENS: Readonly<Record<Wanted, RegExp>> = {
  value:
    /[[{]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y,
  item: /\]/y,
  name: /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y,
  member: /\}/y,
  colon: /:/y,
  more: /[,\]}]/y,
  end: /$/y,
};

/** Number of the first character that cannot stand where it stands, the text's length when it ends too early; null for JSON. */
export function jsonFaultAt(text: string): number | null {
  const open: ('[' | '{')[] = [];
  let wanted: Wanted = 'value';
  for (let at = 0; ;) {
    at = behindBlanks(text, at);
    if (wanted === 'end') return at === text.length ? null : at;
    let token = tokenAt(TOKENS[wanted], text, at);
    // A list or an object may end at once.
    if (token === null && wanted === 'item') token = tokenAt(TOKENS[(wanted = 'value')], text, at);
    if (token === null && wanted === 'member') token = tokenAt(TOKENS[(wanted = 'name')], text, at);
    if (token === null) return at;
    if (wanted === 'more' && token !== ',' && (token === ']') !== (open.at(-1) === '[')) return at;
    at += token.length;
    if (token === '[' || token === '{') {
      open.push(token);
      wanted = token === '[' ? 'item' : 'member';
    } else if (wanted === 'name') wanted = 'colon';
    else if (wanted === 'colon') wanted = 'value';
    else if (wanted === 'more' && token === ',') wanted = open.at(-1) === '[' ? 'value' : 'name';
    else {
      if (wanted !== 'value') open.pop();
      wanted = open.length > 0 ? 'more' : 'end';
    }
  }
}

function tokenAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}
