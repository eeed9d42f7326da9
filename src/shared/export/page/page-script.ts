/**
 * The program of the page of an exported session. It runs in the browser of whoever got the file, from the file alone: it reads
 * the data out of inert script elements and puts them in by textContent, never as HTML. Chromium, Firefox and Safari of 2022.
 */
export const PAGE_SCRIPT = String.raw`'use strict';
(() => {
  const ROW = 24;
  /** Browsers do not make elements taller than this; beyond it the place is in proportion. */
  const TALLEST = 8000000;
  const byId = (id) => document.getElementById(id);
  const session = JSON.parse(byId('session').textContent);
  const rows = [];
  for (const part of document.querySelectorAll('script[data-part]')) {
    for (const row of JSON.parse(part.textContent)) rows.push(row);
    part.remove();
  }
  const [SEQ, KIND, AT, ATTEMPT, TYPE, ID, DATA] = [0, 1, 2, 3, 4, 5, 6];
  let shown = rows;
  let selected = -1;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const clock = (ms) => {
    const s = ms / 1000;
    const pad = (n, d) => String(Math.floor(n)).padStart(d, '0');
    return (s >= 3600 ? pad(s / 3600, 2) + ':' : '') + pad((s / 60) % 60, 2) + ':' + pad(s % 60, 2) + '.' + pad(ms % 1000, 3);
  };
  const list = byId('list');
  const space = byId('space');
  const head = element('div', 'head');
  for (const [name, className] of [['#', 'number'], ['Time', ''], ['Delta', 'delta number'], ['Type', ''], ['ID', 'id'], ['Data', '']]) head.append(element('span', className, name));
  list.prepend(head);

  const height = () => Math.min(TALLEST, shown.length * ROW);
  const room = () => Math.max(1, list.clientHeight - ROW);
  /** The first row at this place: by arithmetic, and in proportion where the list is taller than an element can be. */
  const firstAt = (top) => {
    const total = shown.length * ROW;
    if (total <= TALLEST) return Math.floor(top / ROW);
    const share = top / Math.max(1, TALLEST - room());
    return Math.floor(share * Math.max(0, shown.length - room() / ROW));
  };
  const rowOf = (index, top) => {
    const row = shown[index];
    const line = element('div', 'row' + (row[KIND] === 'event' ? '' : ' quiet'));
    line.style.top = top + 'px';
    line.dataset.index = index;
    line.setAttribute('role', 'option');
    line.setAttribute('aria-selected', String(index === selected));
    line.setAttribute('aria-posinset', String(index + 1));
    line.setAttribute('aria-setsize', String(shown.length));
    const before = shown[index - 1];
    line.append(
      element('span', 'number', String(row[SEQ])),
      element('span', '', clock(row[AT])),
      element('span', 'number delta', before ? '+' + ((row[AT] - before[AT]) / 1000).toFixed(3) : ''),
      element('span', '', row[TYPE]),
      element('span', 'id', row[ID] === null ? '' : row[ID]),
      element('span', '', row[DATA].slice(0, 300).replace(/\s+/g, ' ')),
    );
    return line;
  };
  const draw = () => {
    const top = list.scrollTop;
    const first = Math.max(0, firstAt(top) - 4);
    const count = Math.ceil(room() / ROW) + 8;
    const isTall = shown.length * ROW > TALLEST;
    const base = isTall ? top - (firstAt(top) - first) * ROW : first * ROW;
    const lines = [];
    for (let index = first; index < Math.min(shown.length, first + count); index += 1) lines.push(rowOf(index, base + (index - first) * ROW));
    space.style.height = height() + 'px';
    space.replaceChildren(...lines);
    byId('nothing').hidden = shown.length > 0;
  };
  const reveal = (index) => {
    const total = shown.length * ROW;
    const top = total <= TALLEST ? index * ROW : (index / shown.length) * TALLEST;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + room()) list.scrollTop = top + ROW - room();
  };
  const pretty = (text) => {
    if (!/^\s*[[{]/.test(text)) return text;
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  };
  const select = (index) => {
    if (index < 0 || index >= shown.length) return;
    selected = index;
    const row = shown[index];
    const detail = byId('detail');
    const date = new Date(session.summary.startedAt + row[AT]);
    const facts = ['Entry ' + row[SEQ] + ', ' + row[KIND], 'Attempt ' + row[ATTEMPT], clock(row[AT]) + ' (' + (Number.isNaN(date.getTime()) ? '' : date.toISOString()) + ')'];
    if (row[ID] !== null) facts.push('ID ' + JSON.stringify(row[ID]));
    detail.replaceChildren(element('h2', '', row[TYPE]), element('div', 'facts', facts.join(' · ')), element('pre', '', pretty(row[DATA])));
    detail.scrollTop = 0;
    reveal(index);
    draw();
  };
  const filter = () => {
    const words = byId('filter').value.toLowerCase().match(/"[^"]*"|\S+/g) || [];
    const tests = words.map((word) => {
      const not = word.length > 1 && word.startsWith('-');
      const text = (not ? word.slice(1) : word).replace(/^"(.*)"$/, '$1');
      const named = /^(type|id|kind|attempt):(.*)$/.exec(text);
      const column = named && { type: TYPE, id: ID, kind: KIND, attempt: ATTEMPT }[named[1]];
      const hit = named
        ? (row) => String(row[column] === null ? '' : row[column]).toLowerCase() === named[2].replace(/^"(.*)"$/, '$1')
        : (row) => row[DATA].toLowerCase().includes(text) || row[TYPE].toLowerCase().includes(text) || (row[ID] !== null && row[ID].toLowerCase().includes(text));
      return not ? (row) => !hit(row) : hit;
    });
    const kept = selected >= 0 ? shown[selected] : null;
    shown = tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
    selected = kept ? shown.indexOf(kept) : -1;
    byId('count').textContent = tests.length === 0 ? rows.length.toLocaleString() + ' entries' : shown.length.toLocaleString() + ' of ' + rows.length.toLocaleString();
    list.scrollTop = 0;
    draw();
  };

  byId('title').textContent = session.summary.name;
  document.title = session.summary.name + ' – Streamscope';
  byId('facts').textContent = session.facts.join(' · ');
  const cards = (place, items, empty) => {
    if (items.length === 0) place.append(element('p', 'empty', empty));
    for (const item of items) {
      const card = element('article');
      card.append(element('h2', '', item.title), element('pre', '', item.text));
      place.append(card);
    }
  };
  cards(byId('attempts-list'), session.attempts, 'No attempt was recorded.');
  cards(byId('answers-list'), JSON.parse(byId('answers-data').textContent), 'No completion was found in this session.');

  const tabs = [...document.querySelectorAll('[role=tab]')];
  const show = (tab) => {
    for (const one of tabs) {
      one.setAttribute('aria-selected', String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      byId(one.dataset.shows).hidden = one !== tab;
    }
    draw();
  };
  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => show(tab));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      show(next);
      next.focus();
    });
  });
  let waiting = 0;
  byId('filter').addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  list.addEventListener('scroll', () => requestAnimationFrame(draw));
  addEventListener('resize', draw);
  space.addEventListener('click', (event) => {
    const line = event.target.closest('.row');
    if (line) select(Number(line.dataset.index));
  });
  list.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(room() / ROW) - 1);
    const to = { ArrowDown: selected + 1, j: selected + 1, ArrowUp: selected - 1, k: selected - 1, PageDown: Math.min(shown.length - 1, selected + page), PageUp: Math.max(0, selected - page), Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(to);
  });
  filter();
})();
`;
