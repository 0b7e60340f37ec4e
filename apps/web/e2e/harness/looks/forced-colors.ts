import type { Page } from 'playwright-core'

/** Kinds of things whose focus has been seen: what they are drawn by is the same on every page. */
const seen = new Set<string>()

/**
 * What can't be told apart where a person has chosen their own colours: which thing has the focus, what is
 * selected, which state is which. Backgrounds and shadows are gone there: a line or a shape has to say it.
 */
export const lostInForcedColors = async (page: Page): Promise<string[]> => {
  await page.keyboard.press('Shift')
  const { lost, kinds } = await page.evaluate(
    (known) => {
      const layer = document.querySelector('[data-e2e-layer]') ?? document.body
      const lost: string[] = []
      const kinds: string[] = []
      const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true })
      const nameOf = (element: Element): string =>
        `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}” ${element.className.toString().slice(0, 60)}`

      const isLined = (element: Element): boolean => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
      }
      const before = document.activeElement
      const at = scrollY
      for (const stop of layer.querySelectorAll<HTMLElement>(
        'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"], [tabindex="-1"]:is(tr)',
      )) {
        const kind = `${stop.localName} ${stop.getAttribute('role') ?? stop.getAttribute('type')} ${stop.className}`
        if (known.includes(kind) || kinds.includes(kind) || !shown(stop)) continue
        kinds.push(kind)
        stop.focus()
        if (document.activeElement !== stop) continue
        const label = stop instanceof HTMLInputElement ? stop.labels?.[0] : undefined
        const around = [stop, stop.parentElement, stop.nextElementSibling, label].filter((one) => one != null)
        if (!around.some(isLined)) lost.push(`the focus of ${nameOf(stop)} has no line`)
      }
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
      scrollTo(0, at)

      // Grounds and inks are the person's own, whatever style sheets say, but where they are kept from it.
      const LINES = ['border-top-width', 'border-bottom-width', 'border-left-width', 'border-right-width']
      const SHAPES = [
        'outline-style',
        'text-decoration-line',
        'font-weight',
        'opacity',
        'transform',
        'border-radius',
      ]
      const COLORS = ['background-color', 'color']
      const lookOf = (element: Element, pseudo?: string): string => {
        const style = getComputedStyle(element, pseudo)
        const isKept = style.getPropertyValue('forced-color-adjust') === 'none'
        return [...LINES, ...SHAPES, ...(isKept ? COLORS : [])]
          .map((property) => style.getPropertyValue(property))
          .join(';')
      }
      const wholeLook = (element: Element): string =>
        [element, ...element.querySelectorAll('*')]
          .map((one) => [lookOf(one), lookOf(one, '::before'), lookOf(one, '::after')].join('|'))
          .join('\n')
      const tell = (
        what: string,
        on: string,
        off: string,
        of: (element: Element) => Element | null = (one) => one,
      ) => {
        const first = (selector: string) => {
          const found = [...layer.querySelectorAll(selector)].find((one) => shown(of(one) ?? one))
          return found === undefined ? null : of(found)
        }
        const [a, b] = [first(on), first(off)]
        if (a !== null && b !== null && wholeLook(a) === wholeLook(b)) lost.push(`${what}: ${nameOf(a)}`)
      }
      tell(
        'the tab that is open',
        '[role="tab"][aria-selected="true"]',
        '[role="tab"][aria-selected="false"]',
      )
      tell(
        'where one is',
        'nav a[aria-current]:not([aria-current="false"])',
        'nav a:is([aria-current="false"], :not([aria-current]))',
      )
      const drawn = (input: Element) => (input instanceof HTMLInputElement ? input.parentElement : null)
      tell(
        'what is ticked',
        'input[class][type="checkbox"]:checked',
        'input[class][type="checkbox"]:not(:checked)',
        drawn,
      )
      const labelOf = (input: Element) =>
        input instanceof HTMLInputElement ? (input.labels?.[0] ?? null) : null
      tell(
        'what is chosen of a few',
        '.mantine-SegmentedControl-input:checked',
        '.mantine-SegmentedControl-input:not(:checked)',
        labelOf,
      )
      tell(
        'the row that is open',
        'tr[data-selected="true"] td',
        'tr:not([data-selected="true"]) td:not([colspan])',
      )
      tell(
        'the option in hand',
        '[role="option"][data-combobox-selected]',
        '[role="option"]:not([data-combobox-selected])',
      )

      const tones = new Map<string, string>()
      for (const tag of layer.querySelectorAll('[data-tone]')) {
        if (!shown(tag) || getComputedStyle(tag, '::before').content === 'none') continue
        tones.set(tag.getAttribute('data-tone') ?? '', lookOf(tag, '::before'))
      }
      for (const [tone, look] of tones)
        for (const [other, otherLook] of tones)
          if (tone < other && look === otherLook) lost.push(`states “${tone}” and “${other}” have one mark`)

      const plain = (mark: Element) =>
        mark.outerHTML.replaceAll(/var\([^)]*\)|#[0-9a-f]{3,6}\b|«?:?r[\w]*:?»?|_r_\w+_/g, '')
      for (const figure of layer.querySelectorAll('figure')) {
        const marks = [...figure.querySelectorAll('ul svg')].map(plain)
        if (new Set(marks).size < marks.length) lost.push(`series of ${nameOf(figure)} have one mark`)
      }
      return { lost, kinds }
    },
    [...seen],
  )
  for (const kind of kinds) seen.add(kind)
  return lost
}

/** What still moves for a person who has asked for less motion (2.3.3). */
export const stillMoving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const MOVES = /all|transform|translate|scale|rotate|left|right|top|bottom|width|height|margin|inset/
    const moving = new Set<string>()
    for (const element of document.body.querySelectorAll('*')) {
      const { transitionProperty, transitionDuration, animationName, animationDuration } =
        getComputedStyle(element)
      const lasts = (durations: string) => durations.split(', ').some((one) => Number.parseFloat(one) > 0.01)
      const name = `${element.localName} ${element.className.toString().slice(0, 60)}`
      if (lasts(transitionDuration) && MOVES.test(transitionProperty))
        moving.add(`${name}: ${transitionProperty}`)
      if (animationName !== 'none' && lasts(animationDuration)) moving.add(`${name}: ${animationName}`)
    }
    return [...moving]
  })
