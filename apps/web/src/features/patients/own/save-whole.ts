/** Enough for a file that is read by itself: no colour says anything that words don't. */
const STYLE = `body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif }
h3 { margin-top: 2.5rem; border-bottom: 1px solid } h5 { margin: 1.5rem 0 .25rem; font-size: 1rem }
dl { margin: 0 } dl > div { display: grid; grid-template-columns: 14rem 1fr; gap: 1rem }
dt { opacity: .75 } dd { margin: 0; overflow-wrap: anywhere } pre { white-space: pre-wrap }`

/**
 * Saves what is on the page as a file of its own: it says the same by construction, is read by any browser,
 * and fetches nothing.
 */
export const saveWhole = (sheet: HTMLElement): void => {
  const copy = document.implementation.createHTMLDocument('My record')
  const meta = copy.createElement('meta')
  meta.setAttribute('charset', 'utf-8')
  const style = copy.createElement('style')
  style.textContent = STYLE
  copy.head.prepend(meta)
  copy.head.append(style)
  copy.documentElement.lang = document.documentElement.lang
  const body = copy.importNode(sheet, true)
  for (const folded of body.querySelectorAll('details')) folded.open = true
  copy.body.append(body)
  for (const element of copy.body.querySelectorAll('[class]')) element.removeAttribute('class')
  const text = `<!doctype html>\n${copy.documentElement.outerHTML}\n`
  const url = URL.createObjectURL(new Blob([text], { type: 'text/html;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'my-record.html'
  link.click()
  URL.revokeObjectURL(url)
}
