/** As much of the router as tells where the person is. */
export interface Arrivals {
  subscribe(
    event: 'onResolved',
    listener: (arrival: { readonly toLocation: { readonly pathname: string } }) => void,
  ): () => void
}

/**
 * Calls `forget` once: as soon as the person is on a page that is none of `paths` nor under one, or leaves
 * the console. What is about patients is kept no longer than they stay among patients.
 */
export const forgetOutside = (
  router: Arrivals,
  window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
  paths: readonly string[],
  forget: () => void,
): void => {
  const done = () => {
    stop()
    // A page that the browser keeps for its own Back is one that a signed-out person must not find.
    window.removeEventListener('pagehide', done)
    forget()
  }
  const stop = router.subscribe('onResolved', ({ toLocation: { pathname } }) => {
    if (!paths.some((path) => pathname === path || pathname.startsWith(`${path}/`))) done()
  })
  window.addEventListener('pagehide', done)
}
