import { useElementScrollRestoration, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { cameBack } from './came-back.ts'

const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * The router scrolls back at once, when a page that has yet to ask for its rows is not tall enough. This goes
 * on until it is, or until the person scrolls, presses or types: from then on the page is theirs.
 */
export const RestoreScroll = () => {
  const key = useRouterState({ select: ({ location }) => location.state.__TSR_key })
  const wanted = useElementScrollRestoration({ getElement: () => window })?.scrollY ?? 0
  useEffect(() => {
    if (!cameBack() || wanted === 0) return
    const done = () => {
      sizes.disconnect()
      for (const event of BY_HAND) window.removeEventListener(event, done)
    }
    const sizes = new ResizeObserver(() => {
      if (document.documentElement.scrollHeight < wanted + window.innerHeight) return
      window.scrollTo({ top: wanted })
      done()
    })
    sizes.observe(document.body)
    for (const event of BY_HAND) window.addEventListener(event, done, { passive: true })
    return done
  }, [key])
  return null
}
