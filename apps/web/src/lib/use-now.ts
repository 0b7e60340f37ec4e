import { useEffect, useState } from 'react'
import { serverNow } from './session/server-clock.ts'

/** The server's present time, renewed every `every` milliseconds. */
export const useNow = (every: number): number => {
  const [now, setNow] = useState(() => serverNow())
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
