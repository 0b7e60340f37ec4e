import { chromium } from 'playwright-core'
import AxeBuilder from '@axe-core/playwright'
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--no-first-run','--disable-background-networking'] })
for (const [name, scheme, w, h] of [['light','light',1440,900],['dark','dark',1440,900],['phone','light',390,844],['phone-dark','dark',390,844]] as const) {
  const ctx = await browser.newContext({ viewport: { width: w, height: h }, colorScheme: scheme, javaScriptEnabled: true })
  const page = await ctx.newPage()
  page.on('console', m => console.log(name, m.type(), m.text()))
  page.on('request', r => { if (!r.url().startsWith('file:///work/tmp/report/report.html')) console.log('REQUEST', r.url()) })
  await page.goto('file:///work/tmp/report/report.html')
  await page.screenshot({ path: `/work/tmp/report/${name}.png`, fullPage: true })
  if (name === "light" || name === "dark") for (const id of ["models","risks","classes","loss","alternatives","columns"]) await page.locator("#"+id).screenshot({ path: `/work/tmp/report/${name}-${id}.png` })
  if (w<500) for (const id of ["release","models","risks","alternatives","columns"]) await page.locator("#"+id).screenshot({ path: `/work/tmp/report/${name}-${id}.png` })
  console.log(name, 'scrollWidth', await page.evaluate('document.documentElement.scrollWidth'))
  try { const r = await new AxeBuilder({ page }).withTags(['wcag2a','wcag2aa','wcag21aa','wcag22aa','best-practice']).analyze(); for (const v of r.violations) console.log(name, v.id, v.nodes.length, v.nodes[0]?.html.slice(0,150), v.nodes[0]?.failureSummary?.slice(0,200)) } catch (e) { console.log('axe', String(e).slice(0,200)) }
  if (name === 'dark') await page.pdf({ path: '/work/tmp/report/report.pdf', format: 'A4', preferCSSPageSize: true })
  await ctx.close()
}
await browser.close()
