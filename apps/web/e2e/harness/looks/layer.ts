import type { Page } from 'playwright-core'

/** Marks what a person can act on now, `[data-e2e-layer]`: the dialog that lies on top, or the whole page. */
export const markLayer = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const marked of document.querySelectorAll('[data-e2e-layer]'))
      marked.removeAttribute('data-e2e-layer')
    const dialogs = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].filter((one) =>
      one.checkVisibility({ visibilityProperty: true }),
    )
    const layer = dialogs.at(-1) ?? document.body
    layer.setAttribute('data-e2e-layer', '')
  })

/** Closes the lists that have opened because the focus came by: each hears that it has gone. */
export const closeLists = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const field of document.querySelectorAll<HTMLElement>('[role="combobox"][aria-expanded="true"]')) {
      field.focus()
      field.blur()
    }
  })
