export const gather = async (chunks: AsyncIterable<string> | Iterable<string>): Promise<string> => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}
