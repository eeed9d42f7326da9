/** The looks of the page of an exported session: light and dark, as the system has it. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --s0: #fff; --s1: #f6f7f9; --s2: #e9ecf1; --t1: #14181f; --t2: #4c5665; --line: #d5dae2; --accent: #1f5fd0; --sel: #dce8ff; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --s0: #14171c; --s1: #1a1e25; --s2: #262c36; --t1: #e8ebf0; --t2: #a3adbc; --line: #323a46; --accent: #86b0ff; --sel: #24385c; --bad: #ff8a80; } }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--s0); color: var(--t1); font: 13px/1.5 system-ui, sans-serif; }
header { padding: 10px 16px 8px; border-bottom: 1px solid var(--line); background: var(--s1); }
h1 { margin: 0; font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
.facts { color: var(--t2); overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 16px; border-bottom: 1px solid var(--line); }
button { font: inherit; color: inherit; background: var(--s0); border: 1px solid var(--line); border-radius: 5px; padding: 2px 10px; }
button[aria-selected=true] { background: var(--sel); border-color: var(--accent); }
input { flex: 1; min-width: 160px; font: inherit; color: inherit; background: var(--s0); border: 1px solid var(--line); border-radius: 5px; padding: 2px 8px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.count { color: var(--t2); font-variant-numeric: tabular-nums; }
main { flex: 1; min-height: 0; display: flex; }
section { flex: 1; min-width: 0; min-height: 0; display: flex; }
section[hidden] { display: none; }
.list { flex: 3; min-width: 0; overflow: auto; position: relative; }
.space { position: relative; }
.row, .head { display: grid; grid-template-columns: 64px 92px 64px minmax(70px, 130px) minmax(40px, 100px) minmax(160px, 1fr); gap: 8px; height: 24px; padding: 0 16px; align-items: center; white-space: nowrap; font: 12px/24px ui-monospace, "JetBrains Mono", Menlo, Consolas, monospace; font-variant-numeric: tabular-nums; }
.row { position: absolute; left: 0; right: 0; cursor: default; }
.row:nth-child(even) { background: var(--s1); }
.row[aria-selected=true] { background: var(--sel); }
.head { position: sticky; top: 0; z-index: 1; background: var(--s1); color: var(--t2); border-bottom: 1px solid var(--line); font-family: system-ui, sans-serif; }
.row span, .head span { overflow: hidden; text-overflow: ellipsis; }
.quiet { color: var(--t2); }
.number { text-align: right; }
.detail { flex: 2; min-width: 0; overflow: auto; border-left: 1px solid var(--line); padding: 12px 16px; }
.detail h2, article h2 { font-size: 13px; margin: 0 0 6px; overflow-wrap: anywhere; }
pre { margin: 0 0 12px; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.5 ui-monospace, "JetBrains Mono", Menlo, Consolas, monospace; }
.scroll { flex: 1; overflow: auto; padding: 12px 16px; }
article { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; margin-bottom: 12px; max-width: 1100px; }
.empty { color: var(--t2); padding: 16px; }
noscript { padding: 16px; color: var(--bad); }
@media (max-width: 760px) { #events:not([hidden]) { flex-direction: column; } .detail { border-left: 0; border-top: 1px solid var(--line); } .row, .head { grid-template-columns: 48px 80px minmax(60px, 110px) minmax(120px, 1fr); } .delta, .id { display: none; } }
`;
