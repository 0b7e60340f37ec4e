import { html } from './markup.ts'

/**
 * The page's one style sheet. It fetches nothing: fonts are the machine's. Dark is for screens; paper is
 * always light.
 */
export const STYLE = html`<style>
:root {
  color-scheme: light dark;
  --ground: #f7f9f9; --surface: #ffffff; --quiet: #eff3f4; --line: #dbe2e5; --strong: #84929a;
  --ink: #1b2328; --dim: #56636b; --accent: #1f7f8e; --link: #1a5c69; --accent-ground: #e0f0f2;
  --good: #1a6b3c; --good-ground: #e2f3e8; --bad: #a4231b; --bad-ground: #fce8e6; --warn: #7d4e00; --before: #7d4e00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #12181b; --surface: #1a2226; --quiet: #222b30; --line: #313c43; --strong: #74828b;
    --ink: #d9dfe2; --dim: #a3b0b7; --accent: #5db8c6; --link: #86cbd6; --accent-ground: #16353b;
    --good: #7fd6a1; --good-ground: #16352a; --bad: #ff9f97; --bad-ground: #43201e; --warn: #f3c266; --before: #f3c266;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 0.875rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, sans-serif;
}
main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
footer { padding-bottom: 2.5rem; color: var(--dim); }
h1 { margin: 0.15rem 0 0.35rem; font-size: 1.625rem; line-height: 1.25; font-weight: 620; text-wrap: balance; }
h2 { margin: 0 0 0.35rem; font-size: 1.0625rem; line-height: 1.4; font-weight: 620; }
h3 { margin: 1.1rem 0 0.35rem; font-size: 0.875rem; font-weight: 620; }
p { margin: 0 0 0.75rem; max-width: 46rem; }
.eyebrow, .dim { color: var(--dim); }
.eyebrow { margin: 0; }
a { color: var(--link); }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; margin: 0.9rem 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.25rem 0; }
section { margin: 1.1rem 0; padding: 1.1rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
.verdict, .verdict.good, .verdict.bad { white-space: normal; }
.verdict { margin: 1rem 0 0; padding: 0.6rem 0.9rem; border: 1px solid; border-radius: 6px; font-weight: 600; max-width: none; }
.good { color: var(--good); } .verdict.good { background: var(--good-ground); }
.bad { color: var(--bad); } .verdict.bad { background: var(--bad-ground); }
.good, .bad { font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0.75rem; margin: 1rem 0 0; }
.tiles > div { padding: 0.7rem 0.9rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
.tiles dt { color: var(--dim); }
.tiles dd { margin: 0; }
.tiles .figure { font-size: 1.375rem; line-height: 1.35; font-weight: 620; font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; margin: 0; }
.facts dt, .facts dd { margin: 0; padding: 0.35rem 0; border-top: 1px solid var(--line); }
.facts dt { color: var(--dim); padding-right: 1rem; }
.facts dt:first-of-type, .facts dt:first-of-type + dd { border-top: 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0.5rem 2rem; align-items: start; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0 0 0.35rem; text-align: left; color: var(--dim); }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: inherit; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
thead th.number { white-space: normal; }
thead th { border-top: 0; color: var(--dim); vertical-align: bottom; }
tbody th bdi, tr.released th { font-weight: 600; }
tr.released th, tr.released td { background: var(--accent-ground); }
tr.released th { padding-left: 0.35rem; }
tbody th { min-width: 11rem; overflow-wrap: anywhere; }
tbody th.number, .pair tbody th { min-width: 0; }
.number, .good, .bad { white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.tag { display: inline-block; padding: 0 0.4rem; border: 1px solid var(--line); border-radius: 4px; color: var(--dim); white-space: nowrap; }
tr.released .tag { color: var(--link); border-color: var(--link); }
.bar { min-width: 6rem; width: 30%; }
figure { margin: 0; }
figcaption { color: var(--dim); }
svg { display: block; width: 100%; height: auto; }
.chart { max-width: 30rem; }
.scroll + .chart { margin-top: 1.25rem; }
tr.released .dim { font-weight: 400; }
.sample { display: inline-block; width: 1rem; height: 0.75rem; margin: 0 0.15rem 0 0.4rem; }
.sample:first-child { margin-left: 0; }
.bar svg { height: 0.75rem; margin-top: 0.3rem; }
svg text { font-size: 11px; fill: var(--dim); font-variant-numeric: tabular-nums; }
svg .label { fill: var(--ink); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--strong); stroke-width: 1; }
svg .track { fill: var(--quiet); }
svg .after { fill: var(--accent); stroke: var(--accent); }
svg .before { fill: var(--surface); stroke: var(--before); stroke-width: 2; }
svg .other { fill: var(--surface); stroke: var(--accent); stroke-width: 2; }
svg .span { stroke: var(--strong); stroke-width: 2; }
svg .asked { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 4; }
code, .hash { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.8125rem; }
pre { margin: 0 0 0.75rem; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--quiet); overflow-x: auto; }
.caveats { margin: 0; padding-left: 1.1rem; max-width: 48rem; }
.caveats li { margin: 0 0 0.5rem; }
@media (max-width: 34rem) {
  main, header, footer { padding: 0 0.75rem; }
  header { padding-top: 1.25rem; }
  section { padding: 0.9rem; }
  tbody th { min-width: 9rem; }
  .facts { grid-template-columns: 1fr; }
  .facts dd { padding-top: 0; border-top: 0; }
  .facts dt { padding-bottom: 0; }
}
@page { margin: 15mm 14mm; }
@media print {
  :root { color-scheme: light; }
  body { background: #ffffff; font-size: 9.5pt; }
  .tiles { grid-template-columns: repeat(5, 1fr); }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  nav { display: none; }
  section { margin: 0; padding: 0.8rem 0; border: 0; border-top: 1px solid var(--strong); border-radius: 0; }
  .scroll { overflow: visible; }
  .pair { grid-template-columns: 1fr 1fr; }
  figure, tr, li, .tiles, .facts > *, .verdict { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; }
}
</style>`
