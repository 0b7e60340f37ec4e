import { isHeld } from '../lib/session/held.ts'

// Imported before all else that listens: while the page is held, no key opens, closes or sends anything of
// it. What keys do by themselves (Tab, Enter on a link) is no listener's, and goes on.
for (const type of ['keydown', 'keyup'] as const)
  window.addEventListener(
    type,
    (event) => {
      if (isHeld()) event.stopImmediatePropagation()
    },
    { capture: true },
  )
