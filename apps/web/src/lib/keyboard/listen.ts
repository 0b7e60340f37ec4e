import { nameOf, step } from './press.ts'
import { acting, isSingle, shortcutsNow } from './shortcuts.ts'
import { singleKeysAct } from './single-keys.ts'

/** So long a second key is waited for. */
const WAIT_MS = 1500

export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Where a key writes, or chooses by its letter. */
const TYPING = [
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="reset"])',
  'textarea',
  'select',
  '[contenteditable=""]',
  '[contenteditable="true"]',
  '[role="textbox"]',
  '[role="combobox"]',
  '[role="listbox"]',
  '[role="menu"]',
].join()

const MODAL = '[role="dialog"][aria-modal="true"]'

/** Single keys act on the page alone: not where one types, nor under a dialog or a drawer. */
const actsHere = (target: EventTarget | null): boolean =>
  singleKeysAct(localStorage) &&
  document.querySelector(MODAL) === null &&
  !(target instanceof Element && target.closest(TYPING) !== null)

/** A dialog with a form would lose what stands in it. */
const isFormOpen = (): boolean => document.querySelector(`${MODAL} form`) !== null

/** Runs shortcuts as their keys are pressed, until the returned function is called. */
export const listenForKeys = (): (() => void) => {
  let waiting: string | null = null
  let since = 0
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const name = nameOf(event, IS_MAC)
    if (name === null) return
    const before = event.timeStamp - since < WAIT_MS ? waiting : null
    waiting = null
    const all = acting(shortcutsNow())
    const next = step(
      before,
      name,
      all.map(({ keys }) => keys),
    )
    const may = isSingle({ keys: name }) ? actsHere(event.target) : !isFormOpen()
    if (!may) return
    waiting = next.waiting
    since = event.timeStamp
    const found = all.find(({ keys }) => keys === next.run)
    if (found === undefined) return
    event.preventDefault()
    found.run()
  }
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}
