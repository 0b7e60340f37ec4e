import { nextAfter, type Trail, trailOf } from './trail.ts'

/**
 * The focus never falls to the body: where the element that had it goes, or can't have it any more, it goes
 * on to what comes next. Dialogs and routes move the focus themselves; this acts only where nobody did.
 */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex^="-"])'

const DIALOG = '[role="dialog"][aria-modal="true"]'

const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })

const takesFocus = (element: Element): boolean => element.matches(FOCUSABLE) && isSeen(element)

const focus = (element: Element | null | undefined): boolean => {
  if (!(element instanceof HTMLElement)) return false
  element.focus({ preventScroll: true })
  return document.activeElement === element
}

/**
 * A line of a table that is pressed on beside its own button does what the button does: the button has the
 * focus then, and has it again when what was opened is closed.
 */
const focusLine = ({ target }: MouseEvent): void => {
  if (!(target instanceof Element) || target.closest(FOCUSABLE) !== null) return
  const line = target.closest('tr[data-clickable="true"]')
  focus(Array.from(line?.querySelectorAll(FOCUSABLE) ?? []).find(isSeen))
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body

/** Keeps the focus on something, until the returned function is called. */
export const keepFocus = (): (() => void) => {
  /** Where it was on the page, whatever dialogs were open since; and where it was in a dialog. */
  let onPage: Trail<Element> | null = null
  let inDialog: Trail<Element> | null = null
  /** Whoever presses on what takes no focus has put it nowhere on purpose. */
  let byPointer = false
  /** Whoever does not go by keys looks elsewhere: the page stays where it is. */
  let usesKeys = false
  let frame = 0

  const goOn = () => {
    if (byPointer || !document.hasFocus()) return
    const dialog = Array.from(document.querySelectorAll(DIALOG)).findLast(isSeen)
    if (dialog !== undefined) {
      const back = inDialog?.steps[0]?.node
      if (back !== undefined && dialog.contains(back) && focus(back)) return
      const next = inDialog === null ? null : nextAfter(inDialog, dialog, takesFocus)
      if (next !== null && dialog.contains(next) && focus(next)) return
      focus(dialog)
      return
    }
    const page = document.getElementById('page')
    // A page that was just loaded, in which nothing has been touched, begins at its beginning.
    if (page === null || (onPage === null && inDialog === null)) return
    if (onPage !== null) {
      if (focus(onPage.steps[0]?.node)) return
      if (focus(nextAfter(onPage, page, takesFocus))) return
    }
    if (focus(page.querySelector('h1[tabindex]'))) return
    focus(page)
  }
  const restore = () => {
    if (!isLost()) return
    goOn()
    if (usesKeys && !isLost()) document.activeElement?.scrollIntoView({ block: 'nearest' })
  }
  /** Two frames on: what moves the focus itself has done so, and the browser has noticed what is gone. */
  const soon = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(restore)
    })
  }

  const onFocusIn = ({ target }: FocusEvent) => {
    byPointer = false
    if (!(target instanceof Element)) return
    if (target.closest(DIALOG) === null) onPage = trailOf(target)
    else inDialog = trailOf(target)
  }
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget === null) soon()
  }
  const onPointer = ({ target }: PointerEvent) => {
    byPointer = !(target instanceof Element) || target.closest(`${FOCUSABLE}, label`) === null
    usesKeys = false
  }
  const onKey = () => {
    byPointer = false
    usesKeys = true
  }
  const changes = new MutationObserver(() => {
    if (isLost()) soon()
  })

  document.addEventListener('focusin', onFocusIn)
  document.addEventListener('focusout', onFocusOut)
  document.addEventListener('pointerdown', onPointer, true)
  document.addEventListener('click', focusLine, true)
  document.addEventListener('keydown', onKey, true)
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  })
  return () => {
    cancelAnimationFrame(frame)
    changes.disconnect()
    document.removeEventListener('focusin', onFocusIn)
    document.removeEventListener('focusout', onFocusOut)
    document.removeEventListener('pointerdown', onPointer, true)
    document.removeEventListener('click', focusLine, true)
    document.removeEventListener('keydown', onKey, true)
  }
}
