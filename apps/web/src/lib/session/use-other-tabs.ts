import { useEffect, useState } from 'react'
import { queryClient, trpc } from '../trpc.ts'
import { answerTo, onTabs, tellTabs } from './broadcast.ts'
import { hidePage, leaveForSignIn } from './leave.ts'
import { useSession } from './session.ts'

const startOver = (): void => {
  hidePage()
  window.location.replace('/')
}

/** Keeps this tab and the others of the browser to the one session that they share. */
export const useOtherTabs = (): void => {
  const { user, sessionId } = useSession()
  const [first] = useState(user.id)
  useEffect(() => {
    // The server said so before another tab did: what is on the screen is the earlier person's.
    if (user.id !== first) return startOver()
    const own = { userId: user.id, sessionId }
    tellTabs({ kind: 'began', ...own })
    return onTabs((news) => {
      switch (answerTo(news, own)) {
        case 'leave':
          leaveForSignIn('elsewhere')
          break
        case 'start over':
          startOver()
          break
        case 'ask':
          void queryClient.invalidateQueries({ queryKey: trpc.auth.session.queryKey() })
          break
      }
    })
  }, [user.id, sessionId])
}
