import type { RiskReport } from '../format/risk-report.ts'
import { count, counted, fraction, share } from './numbers.ts'
import { alternativesSection } from './page/alternatives.ts'
import { classesSection } from './page/class-chart.ts'
import { columnsSection, lossSection } from './page/columns.ts'
import { modelsSection, releaseSection } from './page/facts.ts'
import { html, type Markup, named, type Part } from './page/markup.ts'
import { risksSection } from './page/risk-chart.ts'
import { STYLE } from './page/style.ts'

const verdictLine = ({ models }: RiskReport): Markup => {
  const broken = models.filter(({ holds }) => !holds).length
  if (models.length === 0) return html`<p class="verdict">The plan asks for no privacy model.</p>`
  return broken === 0
    ? html`<p class="verdict good">✓ ${models.length === 1 ? 'The privacy model holds.' : `All ${count(models.length)} privacy models hold.`}</p>`
    : html`<p class="verdict bad">✗ ${count(broken)} of ${counted(models.length, 'privacy model')} ${broken === 1 ? 'does' : 'do'} not hold.</p>`
}

const tile = (name: string, figure: string, said: string): Markup => html`
<div><dt>${name}</dt><dd><span class="figure">${figure}</span><br/><span class="dim">${said}</span></dd></div>`

const tiles = ({ source, released, risks: { before, after }, utility }: RiskReport): Markup => html`
<dl class="tiles">${[
  tile('Patients', count(released.patients), `of ${count(source.patients)} in the source`),
  tile(
    'Rows suppressed',
    share(source.rows === 0 ? 0 : released.suppressedRows / source.rows),
    `${count(released.suppressedRows)} of ${count(source.rows)}`,
  ),
  tile('Highest risk', share(after.prosecutor), `${share(before.prosecutor)} in the source`),
  tile('Average risk', share(after.marketer), `${share(before.marketer)} in the source`),
  tile('Loss', fraction(utility.loss), '0 tells all, 1 nothing'),
]}
</dl>`

const verifySection: Markup = html`
<p>What this page claims of the release can be worked out again from the files, by a program that shares no code with the one that wrote them. It needs no account and no network. In the folder of the release:</p>
<pre><code>chartward deid verify .</code></pre>
<p>It reads the data again, counts classes, models, risks and loss, looks for what the profile forbids, and compares each with <code>manifest.json</code>, which also has the size and the SHA-256 of every other file, this page included. A release of which anything is not confirmed is not to be used.</p>
<p>The risks before, and the solutions that were not released, are not in the files: they come out again when the same plan is run on the same source. The facts of this page, for programs, are in <code>report.json</code>; what each column holds is in <code>dictionary.json</code>.</p>`

interface Section {
  readonly id: string
  readonly title: string
  readonly body: Part
}

const sectionsOf = (report: RiskReport): readonly Section[] => [
  { id: 'release', title: 'What was released', body: releaseSection(report) },
  { id: 'models', title: 'Privacy models', body: modelsSection(report) },
  { id: 'risks', title: 'Risk before and after', body: risksSection(report) },
  { id: 'classes', title: 'Class sizes', body: classesSection(report) },
  { id: 'loss', title: 'Loss by column', body: lossSection(report) },
  { id: 'alternatives', title: 'Alternatives', body: alternativesSection(report) },
  { id: 'columns', title: 'Columns', body: columnsSection(report) },
  {
    id: 'caveats',
    title: 'What these figures do not say',
    body: html`<ul class="caveats">${report.caveats.map(
      (caveat) => html`
<li>${caveat}</li>`,
    )}
</ul>`,
  },
  { id: 'verify', title: 'How to verify', body: verifySection },
]

/**
 * The report as one page that stands alone: no script, nothing fetched, and a content policy that allows
 * neither. Every text of the report is escaped. It has no time and no place of its own, so the same report is
 * the same bytes.
 */
export const reportHtml = (report: RiskReport): string => {
  const sections = sectionsOf(report)
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<title>Risk report: ${report.title}</title>
${STYLE}
</head>
<body>
<header>
<p class="eyebrow">Risk report · ${report.profile.name}, ${report.profile.citation}</p>
<h1>${named(report.title)}</h1>
${verdictLine(report)}${tiles(report)}
<nav aria-label="Contents"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main>${sections.map(
    ({ id, title, body }) => html`
<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${body}
</section>`,
  )}
</main>
<footer><p>Made by ${report.engine}. Holds no record and no value that was not released.</p></footer>
</body>
</html>
`
  return page.text
}
