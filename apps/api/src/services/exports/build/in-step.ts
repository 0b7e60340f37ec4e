interface Round<T> {
  readonly result: Promise<IteratorResult<T, unknown>>
  done: number
  readonly next: PromiseWithResolvers<Round<T>>
}

/** What the readers that are left are told: the error that matters is that of the one which stopped. */
export class ReaderStopped extends Error {
  override readonly name = 'ReaderStopped'
}

/**
 * Several readers of one source, each of which gets every value. None is more than one value ahead of
 * another, so nothing piles up: the next value is drawn when all are done with the last. They must be read at
 * the same time. Where the source fails, all fail; where a reader stops early, the others do.
 */
export const inStep = <T>(
  source: AsyncIterable<T>,
  readers: number,
): AsyncGenerator<T, void, undefined>[] => {
  const iterator = source[Symbol.asyncIterator]()
  let first: Round<T> | null = null
  const draw = (): Round<T> => {
    const round = { result: iterator.next(), done: 0, next: Promise.withResolvers<Round<T>>() }
    // Whoever waits for them sees a failure; it must not count as unhandled where nobody waits any more.
    round.result.catch(() => undefined)
    round.next.promise.catch(() => undefined)
    return round
  }
  async function* reader(): AsyncGenerator<T, void, undefined> {
    first ??= draw()
    let round = first
    let finished = false
    try {
      for (;;) {
        const result = await round.result
        finished = result.done === true
        if (result.done === true) return
        yield result.value
        round.done++
        if (round.done === readers) round.next.resolve(draw())
        round = await round.next.promise
      }
    } finally {
      if (!finished) round.next.reject(new ReaderStopped('another reader of the same source has stopped'))
    }
  }
  return Array.from({ length: readers }, reader)
}
