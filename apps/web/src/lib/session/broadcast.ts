/**
 * What the tabs of one browser tell each other of the session that they share. Nothing in it but ids: any
 * page of this origin can listen.
 */

const CHANNEL = 'chartward-session'

export type SessionNews =
  | { readonly kind: 'ended' }
  | { readonly kind: 'began'; readonly userId: string; readonly sessionId: string }

const newsOf = (data: unknown): SessionNews | null => {
  if (typeof data !== 'object' || data === null) return null
  const [kind, userId, sessionId] = ['kind', 'userId', 'sessionId'].map((key) => Reflect.get(data, key))
  if (kind === 'ended') return { kind }
  return kind === 'began' && typeof userId === 'string' && typeof sessionId === 'string'
    ? { kind, userId, sessionId }
    : null
}

/** Tells the other tabs. A browser without the means tells nobody, and they learn it from the server. */
export const tellTabs = (news: SessionNews): void => {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(news)
  channel.close()
}

/** Calls `listener` with what other tabs tell, until the returned function is called. */
export const onTabs = (listener: (news: SessionNews) => void): (() => void) => {
  if (typeof BroadcastChannel === 'undefined') return () => undefined
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const news = newsOf(data)
    if (news !== null) listener(news)
  }
  return () => channel.close()
}

/** What a tab does on hearing that: nothing, ask the server anew, or leave what it shows. */
export const answerTo = (
  news: SessionNews,
  own: { readonly userId: string; readonly sessionId: string },
): 'stay' | 'ask' | 'leave' | 'start over' => {
  if (news.kind === 'ended') return 'leave'
  if (news.userId !== own.userId) return 'start over'
  return news.sessionId === own.sessionId ? 'stay' : 'ask'
}
