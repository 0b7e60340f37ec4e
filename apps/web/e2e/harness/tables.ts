import type { Locator, Page } from 'playwright-core'
import { until } from './until.ts'

/** The rows of the one table of a page that are drawn, whatever stands for the others. */
export const drawnRows = (page: Page): Locator => page.locator('tbody tr[data-row]')

/** Which row has the focus, by its place in the list from 0; null where none has. */
export const focusedRow = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('data-index') ?? null)

const lastRow = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(0, ...[...document.querySelectorAll('tr[data-row]')].map((row) => Number(row.ariaRowIndex))),
  )

/** Scrolls down until a list has come to its row of this number; each page of it loads itself. */
export const scrollToRow = async (page: Page, row: number): Promise<void> => {
  await until(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    return (await lastRow(page)) >= row
  }, `the list has come to row ${row}`)
}

/** Counts the timers that are started from the next page on. */
export const countTimers = async (page: Page): Promise<() => Promise<number>> => {
  await page.addInitScript(() => {
    const start = window.setInterval.bind(window)
    const counted = (...args: Parameters<typeof start>) => {
      const before = Number(document.documentElement.dataset.timers ?? 0)
      document.documentElement.dataset.timers = String(before + 1)
      return start(...args)
    }
    window.setInterval = counted as typeof window.setInterval
  })
  return async () => Number((await page.locator('html').getAttribute('data-timers')) ?? 0)
}

/** Words of a table's cells that stand on two lines, each with the column that it stands in. */
export const brokenWords = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const broken: string[] = []
    for (const cell of document.querySelectorAll('tbody td')) {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
        for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/[^\s\-–/…]+/g)) {
          const range = document.createRange()
          range.setStart(node, index)
          range.setEnd(node, index + word.length)
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
          if (lines.size > 1) broken.push(`${cell.getAttribute('data-label')}: ${word}`)
        }
      }
    }
    return broken
  })
