import { failureOf } from '../lib/errors.ts'
import { offersPasskeys, signWithPasskey, stopAsking } from '../lib/passkeys.ts'
import { api } from './api.ts'

/** Signs in by a passkey. Resolves to whether a session elsewhere was ended for it. */
export const signInByPasskey = async (purpose: 'sign-in' | 'factor'): Promise<boolean> => {
  const asked = await api.auth.askPasskey.mutate({ purpose })
  const { endedOther } = await api.auth.signInByPasskey.mutate(await signWithPasskey(asked))
  return endedOther
}

/**
 * Offers passkeys among what the browser fills in at the address, for as long as the page waits there. Gives
 * the way to stop. What goes wrong before one was picked is nobody's trouble.
 */
export const offerAutofill = (onDone: (endedOther: boolean) => void, onFailure: (error: unknown) => void) => {
  let stopped = false
  const offer = async () => {
    if (!(await offersPasskeys())) return
    const asked = await api.auth.askPasskey.mutate({ purpose: 'sign-in' })
    if (stopped) return
    const used = await signWithPasskey(asked, { autofill: true })
    if (!stopped) onDone((await api.auth.signInByPasskey.mutate(used)).endedOther)
  }
  offer().catch((error: unknown) => {
    if (!stopped && failureOf(error).code === 'PASSKEY_REFUSED') onFailure(error)
  })
  return () => {
    stopped = true
    stopAsking()
  }
}
