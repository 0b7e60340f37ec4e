import type { Page } from 'playwright-core'

export interface Reach {
  /** Whether scrolling sideways is needed, and in what. */
  readonly sideways: readonly string[]
  /** Whose words are cut off. */
  readonly cut: readonly string[]
  /** What is wholly covered or outside when it has the focus. */
  readonly covered: readonly string[]
}

/**
 * How a page can be got at as it stands: what scrolls sideways (1.4.10), what is cut off, and what is
 * hidden while it has the focus (2.4.11). Tables, code and pictures have two dimensions of their own.
 */
export const reachOf = (page: Page, isFocused = true): Promise<Reach> =>
  page.evaluate((isFocusing) => {
    const layer = document.querySelector('[data-e2e-layer]') ?? document.body
    const nameOf = (element: Element): string =>
      `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 50)}” ${element.className.toString().slice(0, 60)}`
    const isSeen = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    const sideways: string[] = []
    const cut: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) {
      const isClipped = (element: Element): boolean => {
        const { overflowX } = getComputedStyle(element)
        return overflowX !== 'visible' || (element.parentElement !== null && isClipped(element.parentElement))
      }
      const wide = [...document.body.querySelectorAll('*')].filter(
        (one) => one.getBoundingClientRect().right > root.clientWidth + 0.5 && !isClipped(one),
      )
      sideways.push(
        `the page, by ${root.scrollWidth - root.clientWidth}, for ${wide.map(nameOf).at(-1) ?? ''}`,
      )
    }
    for (const element of layer.querySelectorAll<HTMLElement>('*')) {
      if (!isSeen(element)) continue
      const { overflowX, overflowY, textOverflow, clipPath, position } = getComputedStyle(element)
      if (clipPath !== 'none' && position === 'absolute') continue
      const wider = element.scrollWidth - element.clientWidth
      const scrolls = overflowX === 'auto' || overflowX === 'scroll'
      const isPlane = element.matches('pre, :has(table), [role="tablist"] *')
      if (scrolls && wider > 1 && element.clientWidth > 0 && !isPlane)
        sideways.push(`${nameOf(element)}, by ${wider}`)
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      if (element.clientWidth <= 2 || element.clientHeight <= 2 || element.textContent?.trim() === '')
        continue
      if (element instanceof HTMLInputElement) continue
      if (hides(overflowX) && wider > 1) cut.push(`${nameOf(element)}, ${textOverflow} by ${wider}`)
      const taller = element.scrollHeight - element.clientHeight
      if (hides(overflowY) && taller > 3) cut.push(`${nameOf(element)}, lower by ${taller}`)
    }
    const covered: string[] = []
    if (!isFocusing) return { sideways, cut, covered }
    const before = document.activeElement
    const at = scrollY
    if (before instanceof HTMLElement) before.blur()
    const stops = layer.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input:not(:disabled, [type="hidden"]), select, textarea, summary, [tabindex="0"]',
    )
    for (const stop of stops) {
      if (!stop.checkVisibility({ visibilityProperty: true })) continue
      stop.focus()
      if (document.activeElement !== stop) continue
      // A radio that is drawn by its label has no body of its own.
      const own = stop.getBoundingClientRect()
      const drawn =
        own.width < 3 || own.height < 3 || getComputedStyle(stop).opacity === '0'
          ? ((stop instanceof HTMLInputElement ? stop.labels?.[0] : null) ?? stop)
          : stop
      const { left, right, top, bottom } = drawn.getBoundingClientRect()
      const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)]
      const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)]
      const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [x, y] as const))
      const isHit = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x0 + (x1 - x0) * x, y0 + (y1 - y0) * y)
        if (hit === null) return false
        // A list or a hint that has opened for what had the focus before closes when a person goes on.
        const isPassing = hit.closest('.mantine-Popover-dropdown, .mantine-Tooltip-tooltip') !== null
        return isPassing || drawn.contains(hit) || (hit.contains(drawn) && hit.matches('label, a, button'))
      })
      if (x1 <= x0 || y1 <= y0 || !isHit)
        covered.push(`${nameOf(stop)} at ${[left, top, right, bottom].map(Math.round).join(' ')}`)
    }
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    scrollTo(0, at)
    return { sideways, cut, covered }
  }, isFocused)

/** Runs with the distances between lines, words and letters that a person may set (1.4.12). */
export const withTextSpacing = async <Result>(page: Page, run: () => Promise<Result>): Promise<Result> => {
  // A sheet that is made by a script: the page's policy takes no other.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    )
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })
  const result = await run()
  await page.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)
  })
  return result
}
