/** What is going on, for whoever waits: on standard error, since standard output holds the report alone. */
export const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}
