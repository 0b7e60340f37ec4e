export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A stream of the bytes, in chunks of the given sizes, over and over. */
export async function* streamOf(
  input: string | Uint8Array,
  sizes: readonly number[] = [],
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = typeof input === 'string' ? utf8(input) : input
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length
    yield bytes.subarray(start, start + size)
    start += size
  }
}

export const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
