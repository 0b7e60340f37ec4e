import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { lostInForcedColors, stillMoving } from './harness/looks/forced-colors.ts'
import { markLayer } from './harness/looks/layer.ts'
import { reachOf, withTextSpacing } from './harness/looks/reach.ts'
import { strayTexts } from './harness/looks/texts.ts'
import { openEach } from './harness/looks/triggers.ts'

/* The looks that every page is searched by see what is planted for them, and nothing in what is right. */

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 320, height: 256 } })
})

afterAll(async () => {
  await browser?.close()
})

const show = async (body: string, style = ''): Promise<void> => {
  await page.setContent(`<style>body { margin: 0 } ${style}</style>${body}`)
  await markLayer(page)
}

describe('the look at texts', () => {
  it.each([
    ['a whole id', '<p>Record 01a229b7-b50f-77a0-810b-6a8d8b8c1e08</p>'],
    ['a whole id', '<button aria-label="Copy 01a229b7-b50f-77a0-810b-6a8d8b8c1e08">Copy</button>'],
    ['a date of the wire', '<p>Seen 2026-11-24T03:05:09.123Z</p>'],
    ['a date of the wire', '<p>From 2026-11-24</p>'],
    ['a value that is none', '<p>Born <b>undefined</b></p>'],
    ['a value that is none', '<p title="[object Object]">Who</p>'],
    ['a word of the wire', '<p>State zip3: state-zip3</p>'],
    ['a word of the wire', '<p>MedicationRequest</p>'],
    ['a word of the wire', '<p>patient.viewed</p>'],
    ['one of many', '<p><strong>1</strong> patients</p>'],
    ['many of one', '<p>12 entry</p>'],
    ['another name of one thing', '<p>Good for 72 hours</p>'],
    ['another name of one thing', '<p>By safe harbor</p>'],
    ['another name of one thing', '<p>Pending approval</p>'],
  ])('sees %s in %s', async (name, body) => {
    await show(body)
    expect((await strayTexts(page)).some((finding) => finding.startsWith(name))).toBe(true)
  })

  it('takes what people say, ids in titles, and what is not seen', async () => {
    await show(`<p>1 patient, 12 entries, 1 has said why. Waits for approval for 3 days. Work e-mail, mg/dL.</p>
      <code title="01a229b7-b50f-77a0-810b-6a8d8b8c1e08">…8b8c1e08</code><dl><dt>Born</dt><dd>Oct 6, 1964</dd></dl>
      <pre>{"resourceType": "MedicationRequest", "at": "2026-11-24"}</pre><p hidden>undefined</p>`)
    expect(await strayTexts(page)).toEqual([])
  })
})

describe('the look at how a page is got at', () => {
  it('sees what scrolls sideways, what is cut off, and what a header covers while it has the focus', async () => {
    await show(
      `<header></header><p class="wide">Wide</p><p class="cut">Words that are cut off here</p><div class="filler"></div>
       <a href="#x" class="under">Under the header</a><div class="filler"></div><button>Clear</button>`,
      `.wide { width: 400px } .cut { width: 60px; overflow: hidden; white-space: nowrap } .filler { height: 600px }
       header { position: fixed; inset: 0 0 auto; height: 60px; background: #fff }
       .under { position: fixed; top: 10px }  header { z-index: 1 }`,
    )
    const { sideways, cut, covered } = await reachOf(page)
    expect(sideways).toEqual([expect.stringContaining('the page, by 80')])
    expect(cut).toEqual([expect.stringContaining('Words that are cut off here')])
    expect(covered).toEqual([expect.stringContaining('Under the header')])
  })

  it('sees what fits until the words are set wider', async () => {
    await show(
      '<p class="tight">Waits for approval</p>',
      '.tight { width: max-content; overflow: hidden; white-space: nowrap }',
    )
    // As wide as the words are in whatever font this machine has.
    await page.locator('.tight').evaluate((element) => {
      if (element instanceof HTMLElement) element.style.width = `${element.offsetWidth + 1}px`
    })
    expect((await reachOf(page)).cut).toEqual([])
    expect((await withTextSpacing(page, () => reachOf(page))).cut).toHaveLength(1)
    expect((await reachOf(page)).cut).toEqual([])
  })
})

describe('the look at a person’s own colours', () => {
  it('sees a focus without a line, and what is selected or good by its ground alone', async () => {
    await page.emulateMedia({ forcedColors: 'active' })
    await show(
      `<input class="bare"><button role="tab" aria-selected="true">One</button><button role="tab" aria-selected="false">Two</button>
       <i data-tone="good">Good</i><i data-tone="bad">Bad</i>`,
      `.bare:focus { outline: none; border-color: red } [aria-selected="true"] { background: yellow }
       i::before { content: ""; background: green; border-radius: 50% } i[data-tone="bad"]::before { background: red }`,
    )
    const lost = (await lostInForcedColors(page)).join('\n')
    expect(lost).toMatch(/the focus of input .* has no line/)
    expect(lost).toContain('the tab that is open')
    expect(lost).toContain('states “bad” and “good” have one mark')

    await show(
      `<button class="lined" role="tab" aria-selected="true">One</button><button class="lined" role="tab" aria-selected="false">Two</button>
       <i data-tone="good">Good</i><i data-tone="bad">Bad</i>`,
      `[aria-selected="true"] { background: SelectedItem; forced-color-adjust: none }
       i::before { content: ""; border-radius: 50% } i[data-tone="bad"]::before { border-radius: 0 }`,
    )
    expect(await lostInForcedColors(page)).toEqual([])
    await page.emulateMedia({ forcedColors: 'none' })
  })

  it('sees what moves', async () => {
    await show(
      '<p class="still">A</p><p class="moves">B</p>',
      '.still { transition: color 1s } .moves { transition: transform 1s }',
    )
    expect(await stillMoving(page)).toEqual([expect.stringContaining('moves')])
  })
})

describe('what opens', () => {
  it('is opened and closed again, and is missed where it is not', async () => {
    await show(`<button aria-haspopup="menu" aria-controls="a" aria-expanded="false" onclick="toggle(this)">Works</button>
      <div id="a" hidden>Its menu</div><button aria-haspopup="menu" aria-controls="b" aria-expanded="false">Broken</button>
      <details><summary>More</summary>Much more</details><label>Day <input type="date"></label>
      <script>
        const toggle = (one, on = one.ariaExpanded !== 'true') => { one.ariaExpanded = on; a.hidden = !on }
        addEventListener('keydown', ({ key }) => key === 'Escape' && toggle(document.querySelector('button'), false))
      </script>`)
    const seen: string[] = []
    const found = await openEach(page, async () => {
      seen.push(await page.locator('[data-e2e-opened]').innerText())
      return []
    })
    expect(seen).toEqual(['Its menu', 'More\nMuch more'])
    expect(found).toEqual(['button “Broken” opens nothing'])
  })
})
