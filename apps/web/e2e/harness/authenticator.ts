import { setTimeout as pause } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'

const PERIOD_MS = 30_000
/**
 * A step is about to end: by the time the server looks at its code, the one before may have become too old.
 */
const MARGIN_MS = 8_000

/**
 * An authenticator app whose codes are each used once, since the server takes each step once and in ascending
 * order. It takes one step of drift either way, so that three codes can be given in a row before a new step
 * has to be waited for.
 */
export class Authenticator {
  readonly #secret: Secret
  #last = 0

  constructor(base32: string) {
    this.#secret = Secret.fromBase32(base32.replaceAll(/\s/g, ''))
  }

  #codeOf(step: number): string {
    return TOTP.generate({ secret: this.#secret, timestamp: step * PERIOD_MS })
  }

  /** A code that has not been given and that the server will take. */
  async next(): Promise<string> {
    const now = Date.now()
    const step = Math.floor(now / PERIOD_MS)
    const earliest = PERIOD_MS - (now % PERIOD_MS) > MARGIN_MS ? step - 1 : step
    const chosen = Math.max(earliest, this.#last + 1)
    if (chosen > step + 1) await pause((chosen - 1) * PERIOD_MS - now)
    this.#last = chosen
    return this.#codeOf(chosen)
  }

  /** Six digits that are no code of any step around now. */
  wrong(): string {
    const step = Math.floor(Date.now() / PERIOD_MS)
    const near = new Set([-3, -2, -1, 0, 1, 2, 3].map((drift) => this.#codeOf(step + drift)))
    for (let digits = 0; ; digits++) {
      const code = String(digits).padStart(6, '0')
      if (!near.has(code)) return code
    }
  }
}
