import { useEffect, useState } from 'react'
import { createClock } from './clock.ts'
import { serverNow } from './session/server-clock.ts'

/** The one timer of the application. */
const clock = createClock(serverNow, (tick) => {
  const timer = setInterval(tick, 1000)
  return () => clearInterval(timer)
})

/** The server's present time, renewed every `every` milliseconds. */
export const useNow = (every: number): number => {
  const [now, setNow] = useState(() => serverNow())
  useEffect(() => clock.follow(every, setNow), [every])
  return now
}
