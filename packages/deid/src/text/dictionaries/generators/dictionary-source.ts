const WIDTH = 118

/** Words of text in lines of at most so many characters. */
const lines = (words: readonly string[], width: number): string[] => {
  const filled: string[] = []
  for (const word of words) {
    const line = `${filled.at(-1) ?? ''} ${word}`.trim()
    if (filled.length > 0 && line.length <= width) filled.splice(-1, 1, line)
    else filled.push(word)
  }
  return filled
}

/** A doc comment, wrapped as comments of this repository are. */
export const comment = (...paragraphs: readonly string[]): string =>
  `/**\n${paragraphs.flatMap((text) => lines(text.split(' '), 107).map((line) => ` * ${line}\n`)).join('')} */\n`

/** A dictionary: its words in order, each once. */
export const dictionary = (name: string, words: Iterable<string>): string =>
  `export const ${name} = \`${lines([...new Set(words)].sort(), WIDTH).join('\n')}\`\n`
