import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

let printing = false

/** Whether the page is being printed: what is drawn then has to be there before the browser looks at it. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => printing)

const subscribe = (listener: () => void) => {
  const media = matchMedia('print')
  const turn = (on: boolean) => {
    printing = on
    flushSync(listener)
  }
  const before = () => turn(true)
  const after = () => turn(false)
  const changed = () => turn(media.matches)
  addEventListener('beforeprint', before)
  addEventListener('afterprint', after)
  media.addEventListener('change', changed)
  return () => {
    removeEventListener('beforeprint', before)
    removeEventListener('afterprint', after)
    media.removeEventListener('change', changed)
  }
}
